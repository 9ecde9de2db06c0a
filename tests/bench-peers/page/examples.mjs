// Prints the examples of the CommonMark specification as JSON.
import { tests } from 'commonmark-spec';

process.stdout.write(JSON.stringify(tests));
