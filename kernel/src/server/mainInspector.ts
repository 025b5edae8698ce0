import type { Session } from 'node:inspector';

/** Does something through an inspector that is connected to the main thread; gives up after `patience` ms. */
async function withInspector(patience: number, work: (session: Session, done: () => void) => void): Promise<void> {
  const inspector = await import('node:inspector');
  const session = new inspector.Session();
  session.connectToMainThread();
  let timer: NodeJS.Timeout | undefined;
  try {
    await Promise.race([new Promise<void>((resolve) => work(session, resolve)), new Promise<void>((resolve) => (timer = setTimeout(resolve, patience)))]);
  } finally {
    clearTimeout(timer);
    session.disconnect();
  }
}

/** Under this name the main thread has the function that makes it ready to be terminated; it takes the number of the attempt. */
export const BEFORE_TERMINATION: symbol = Symbol.for('semlab.beforeTermination');

/**
 * Ends the JavaScript that the main thread is in: it unwinds to the event loop and leaves the heap as it is.
 *
 * The thread is first brought into `BEFORE_TERMINATION`, and waits there until its end is under way, so that no
 * instruction of the cell comes between the two. A thread that is not in JavaScript is left alone: its end
 * would strike later, when something else runs.
 *
 * @param isReady resolves with whether the thread has come there
 * @param posted called when the end is under way, or given up
 */
export function terminateMain(attempt: number, patience: number, isReady: () => Promise<boolean>, posted: () => void): Promise<void> {
  return withInspector(2 * patience, (session, done) => {
    session.post('Runtime.evaluate', { expression: `globalThis[Symbol.for(${JSON.stringify(BEFORE_TERMINATION.description)})]?.(${attempt})` });
    void isReady().then((ready) => {
      if (ready) session.post('Runtime.terminateExecution', () => done());
      posted();
      if (!ready) done();
    });
  });
}

/** Runs code on the main thread, between two of its instructions when it computes. */
export function evaluateInMain(expression: string, patience: number): Promise<void> {
  return withInspector(patience, (session, done) => session.post('Runtime.evaluate', { expression }, () => done()));
}
