import { SurveyError } from '../shared/diagnostic.js';
import type { MagicCall } from './magic.js';

/** Runs work on the call's body; an error's spans then point at the cell's own lines. */
export async function inBody<Value>(call: MagicCall, work: () => Promise<Value> | Value): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof SurveyError && (error.source === undefined || error.source.text === call.body)) {
      throw new SurveyError(error.diagnostics, { name: `%%${call.magic}`, text: call.body, lineOffset: call.bodyLineOffset });
    }
    throw error;
  }
}
