import { accounts } from './accounts';
import { books } from './books';
import { common } from './common';
import { compose } from './compose';
import { composer } from './composer';

import { errors } from './errors';
import { library } from './library';
import { limits } from './limits';
import { presets } from './presets';
import { settings } from './settings';
import { signIn } from './signIn';
import { support } from './support';
import { tooLong } from './tooLong';
import { transcript } from './transcript';
import { units } from './units';
import { usage } from './usage';

/** The sentences of the window, in English. Sentences with a name in them are functions. */
export const en = {
  ...signIn,
  ...accounts,
  ...library,
  ...limits,
  ...books,
  ...transcript,
  ...support,
  ...composer,
  ...compose,
  ...presets,
  ...tooLong,
  ...settings,
  ...common,
  ...errors,
  ...units,
  ...usage,
} as const;
