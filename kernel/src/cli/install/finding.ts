/** One thing that was looked at. */
export interface Finding {
  readonly state: 'ok' | 'warning' | 'error';
  readonly text: string;
  readonly cure?: string;
}
