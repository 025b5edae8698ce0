import type { VariableInfo } from './codebook.js';

/** A moment (Unix or midnight milliseconds) as ISO 8601 text without a zone. */
export function temporalText(milliseconds: number, temporal: 'date' | 'datetime' | 'time'): string | null {
  if (temporal === 'time') {
    const sign = milliseconds < 0 ? '-' : '';
    const total = Math.abs(milliseconds) / 1000;
    const hours = Math.floor(total / 3600);
    const minutes = Math.floor((total % 3600) / 60);
    const seconds = Math.floor(total % 60);
    const rest = Math.round((total - Math.floor(total)) * 1000);
    const pad = (x: number): string => String(x).padStart(2, '0');
    return `${sign}${pad(hours)}:${pad(minutes)}:${pad(seconds)}${rest > 0 ? `.${String(rest).padStart(3, '0')}` : ''}`;
  }
  const moment = new Date(milliseconds);
  if (Number.isNaN(moment.getTime())) return null;
  const iso = moment.toISOString();
  return temporal === 'date' ? iso.slice(0, iso.indexOf('T')) : iso.replace(/(\.000)?Z$/, '');
}

/** What a reader of the questionnaire sees for a number: its value label, its date, or the number; null when missing. */
export function valueText(value: number, info: VariableInfo): string | null {
  if (Number.isNaN(value)) return null;
  const label = info.valueLabels.get(value);
  if (label) return label.en;
  return info.temporal ? temporalText(value, info.temporal) : String(value);
}
