import type { Survey } from '../../survey.js';
import { ByteWriter } from '../byteWriter.js';
import { writeDictionary } from './writeDictionary.js';
import { outline, type LabelLanguage } from './outline.js';
import { writeCases } from './writeCases.js';

export interface WriteSavOptions {
  /** `byte` packs small whole numbers into one byte (default, as SPSS does). */
  readonly compress?: 'byte' | 'none';
  /** Which language of two-language labels is written; `both` joins them with a bar (default). */
  readonly labels?: LabelLanguage;
  /** Only rows that passed screening. */
  readonly validOnly?: boolean;
  /** Stamp of the file; 1970 when absent, so that equal surveys give equal bytes. */
  readonly created?: Date;
}

/**
 * The survey as an SPSS system file in UTF-8: names, labels in the chosen
 * language, value labels, missing codes put back, levels, moments, attributes,
 * multiple-response sets. Names that SPSS refuses are changed and kept as
 * label. Missing codes past SPSS's three become system-missing.
 *
 * @throws SurveyError `too-long` for a text of more than 32767 bytes
 */
export function writeSav(survey: Survey, options: WriteSavOptions = {}): Uint8Array {
  const { compress = 'byte', labels = 'both', validOnly = false, created = new Date(0) } = options;
  const variables = outline(survey);
  const excluded = validOnly ? survey.screening?.excludedBy : undefined;
  const rows = excluded ? survey.validCount : survey.rowCount;
  const writer = new ByteWriter();
  writeDictionary(writer, survey, variables, { compressed: compress === 'byte', labels, rows, created });
  writeCases(writer, variables, survey.rowCount, excluded, compress === 'byte');
  return writer.done();
}
