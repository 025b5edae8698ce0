import type { MimeBundle } from '../shared/mimeBundle.js';
import type { MagicContext } from './magic.js';

export interface LiveProgress {
  update(done: number): void;
  /** The line that stays in the file: without times, so that reruns compare equal. */
  finish(text: string): void;
}

function line(text: string): MimeBundle {
  return { data: { 'text/plain': text } };
}

/** One line that is replaced in place: share, rate, remaining time. The kernel thins it to 4 a second. */
export function liveProgress(context: MagicContext, total: number, unit: string): LiveProgress {
  const start = context.now();
  const replace = context.display(line(`0 of ${total} ${unit}`));
  return {
    update(done) {
      const seconds = (context.now() - start) / 1000;
      if (done >= total || seconds <= 0) return;
      const rate = done / seconds;
      replace(line(`${done} of ${total} ${unit}, ${Math.round(rate)} per second, ${Math.ceil((total - done) / rate)} s left`));
    },
    finish(text) {
      replace(line(text));
    }
  };
}
