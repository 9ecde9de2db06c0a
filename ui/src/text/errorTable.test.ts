import { describe, expect, it } from 'vitest';
import type { ErrorCode } from '../ipc/generated/contract';
import { errorActions } from './errors';
// The table that the core's test serves over HTTP, shape by shape, and that docs/errors.md is made from.
import table from '../../../src-tauri/crates/tuppence-core/tests/error_table/shapes.json';

interface Shape {
  from: string;
  when: string;
  code: ErrorCode | null;
  action: string | null;
}

const shapes = table as Shape[];

describe('every shape of a refusal', () => {
  it.each(shapes)('$from: $when', ({ code, action }) => {
    if (code === null) expect(action).toBeNull();
    else expect(errorActions[code][0]).toBe(action);
  });
});
