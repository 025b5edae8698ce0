/**
 * The thread that owns the sockets. Heartbeat, control and output work while a
 * cell keeps the main thread busy.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { declined } from './declined.js';
import { Interrupter } from './interrupter.js';
import { leave } from './leave.js';
import { log } from './log.js';
import { Outbox, type Asked } from './outbox.js';
import { Questions } from './questions.js';
import { Session, type ReceivedMessage } from './session.js';
import { usage } from './usage.js';
import { Shared, type ToMain, type ToWire, type WireData } from './threadMessages.js';
import { watchStarter } from './watchStarter.js';
import { endpointOf } from './zmtp/endpoint.js';
import { EchoSocket, PublisherSocket, RouterSocket } from './zmtp/sockets.js';

/** Complaints about bad messages that are logged; a flood must not fill the log. */
const MOST_COMPLAINTS = 20;
const OK = JSON.stringify({ status: 'ok' });

const { connection, shared: sharedBuffer, infoJson, answers, signals } = workerData as WireData;
const shared = new Int32Array(sharedBuffer);
const session = new Session(connection.key, connection.signature_scheme);
const port = parentPort!;
const toMain = (message: ToMain): void => port.postMessage(message);

let complaints = 0;
function complain(text: string): void {
  if (++complaints <= MOST_COMPLAINTS) log(`dropped: ${text}${complaints === MOST_COMPLAINTS ? ' (no more is logged)' : ''}`);
}

const iopub = new PublisherSocket((topic, send) => {
  const subscription = topic.toString('utf8');
  const message = session.encode({ type: 'iopub_welcome', parentHeaderJson: '{}', contentJson: JSON.stringify({ subscription }) });
  send(topic.length > 0 ? [topic, ...message] : [Buffer.from('kernel.iopub_welcome'), ...message]);
}, complain);
const shell = new RouterSocket((identity, parts) => receive('shell', identity, parts), complain);
const control = new RouterSocket((identity, parts) => receive('control', identity, parts), complain);
const stdin = new RouterSocket((identity, parts) => receive('stdin', identity, parts), complain);
const heartbeat = new EchoSocket(complain);
const outbox = new Outbox(session, iopub, { shell, control, stdin });
const questions = new Questions(shared, answers, (id, value) => toMain({ kind: 'answer', id, value }));
const interrupter = new Interrupter(shared, (running) => toMain({ kind: 'interrupt', running }));
signals?.on('message', () => void interrupter.stop());

const { shell_port, iopub_port, stdin_port, control_port, hb_port } = connection;
const connectJson = JSON.stringify({ status: 'ok', shell_port, iopub_port, stdin_port, control_port, hb_port });

let mainIsReady = false;

function receive(channel: 'shell' | 'control' | 'stdin', identity: string, parts: Buffer[]): void {
  let message: ReceivedMessage;
  try {
    message = session.decode(parts);
  } catch (error) {
    complain(`${channel}: ${(error as Error).message}`);
    return;
  }
  if (channel === 'stdin') {
    if (message.header.msg_type !== 'input_reply') complain(`stdin: ${message.header.msg_type}`);
    else if (!questions.answer(String(message.content.value ?? ''))) complain('stdin: nobody asked');
    return;
  }
  const asked = { identities: [Buffer.from(identity, 'latin1'), ...message.identities], headerJson: message.headerJson };
  if (!answersItself(channel, asked, message)) handOver(channel, asked, message);
}

/** What needs no cell's variables is answered here, at once, and on control also what must not wait for a cell. */
function answersItself(channel: 'shell' | 'control', asked: Asked, { header: { msg_type: type }, content }: ReceivedMessage): boolean {
  const isUrgent = channel === 'control';
  if (type === 'connect_request') outbox.answer(channel, asked, 'connect_reply', connectJson);
  else if (type === 'kernel_info_request' && (isUrgent || !mainIsReady)) outbox.answer(channel, asked, 'kernel_info_reply', infoJson);
  else if (type === 'shutdown_request' && (isUrgent || !hasWork())) void shutDown(channel, asked, content.restart === true);
  else if (type === 'usage_request' && isUrgent) outbox.answer(channel, asked, 'usage_reply', JSON.stringify(usage()));
  else if (type === 'interrupt_request' && isUrgent) void interrupt(asked);
  else {
    const answer = declined(type, content);
    if (!answer || !isUrgent) return false;
    outbox.answer(channel, asked, answer.type, JSON.stringify(answer.content));
  }
  return true;
}

/** Whether requests on shell wait, or one is worked on. */
function hasWork(): boolean {
  return Atomics.load(shared, Shared.received) !== Atomics.load(shared, Shared.done);
}

function handOver(channel: 'shell' | 'control', asked: Asked, { header, content, buffers }: ReceivedMessage): void {
  const sequence = Atomics.add(shared, Shared.received, 1) + 1;
  toMain({ kind: 'shell', sequence, channel, type: header.msg_type, ...asked, content, buffers });
}

async function interrupt(asked: Asked): Promise<void> {
  outbox.status('busy', asked.headerJson);
  await interrupter.interrupt();
  outbox.reply('control', asked.identities, { type: 'interrupt_reply', parentHeaderJson: asked.headerJson, contentJson: OK });
  outbox.status('idle', asked.headerJson);
}

let isShuttingDown = false;

async function shutDown(channel: 'shell' | 'control', { identities, headerJson }: Asked, restart: boolean): Promise<void> {
  if (isShuttingDown) return;
  isShuttingDown = true;
  outbox.status('busy', headerJson);
  const message = { type: 'shutdown_reply', parentHeaderJson: headerJson, contentJson: JSON.stringify({ status: 'ok', restart }) };
  outbox.reply(channel, identities, message);
  outbox.publish(message);
  outbox.status('idle', headerJson);
  await Promise.all([iopub, shell, control, stdin, heartbeat].map((socket) => socket.close()));
  leave(() => {
    toMain({ kind: 'shutdown', restart });
    questions.giveUp();
  });
}

port.on('message', (message: ToWire) => {
  Atomics.add(shared, Shared.taken, 1);
  switch (message.kind) {
    case 'stream':
      return outbox.stream(message.name, message.text, message.parentHeaderJson);
    case 'publish':
      return outbox.publish(message);
    case 'reply':
      return outbox.reply(message.channel, message.identities, message);
    case 'ask':
      questions.ask(message.id, message.waits);
      return outbox.reply('stdin', message.identities, { type: 'input_request', parentHeaderJson: message.parentHeaderJson, contentJson: message.contentJson });
    case 'ready':
      mainIsReady = true;
      return;
    case 'shutdown':
      void shutDown('shell', { identities: message.identities, headerJson: message.parentHeaderJson }, message.restart);
  }
});

// What cannot be bound ends the kernel: the error of this module reaches the main thread.
await Promise.all([shell.bind(endpointOf(connection, shell_port)), iopub.bind(endpointOf(connection, iopub_port)), stdin.bind(endpointOf(connection, stdin_port)), control.bind(endpointOf(connection, control_port)), heartbeat.bind(endpointOf(connection, hb_port))]);
process.on('uncaughtException', (error) => complain(`internal: ${error.stack ?? error.message}`));
outbox.status('starting', '{}');
watchStarter();
