/**
 * The thread that owns the sockets. Heartbeat, control and output work while a
 * cell keeps the main thread busy.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { Interrupter } from './interrupter.js';
import { log } from './log.js';
import { Session, type OutgoingMessage, type ReceivedMessage } from './session.js';
import { usage } from './usage.js';
import { Shared, type ToMain, type ToWire, type WireData } from './threadMessages.js';
import { EchoSocket, PublisherSocket, RouterSocket, type Endpoint } from './zmtp/sockets.js';

/** Pieces of a stream that come within this time go out as one message. */
const STREAM_DELAY_MS = 15;
/** A stream message is not let grow longer than this. */
const LONGEST_STREAM_MESSAGE = 512 * 1024;
/** Complaints about bad messages that are logged; a flood must not fill the log. */
const MOST_COMPLAINTS = 20;
/** Time that the main thread gets to leave by itself. */
const EXIT_PATIENCE_MS = 1000;

const { connection, shared: sharedBuffer, infoJson, answers, signals } = workerData as WireData;
const shared = new Int32Array(sharedBuffer);
const session = new Session(connection.key, connection.signature_scheme);
const port = parentPort!;
const toMain = (message: ToMain): void => port.postMessage(message);

let complaints = 0;
function complain(text: string): void {
  if (++complaints <= MOST_COMPLAINTS) log(`dropped: ${text}${complaints === MOST_COMPLAINTS ? ' (no more is logged)' : ''}`);
}

function endpoint(portNumber: number): Endpoint {
  return connection.transport === 'ipc' ? { path: `${connection.ip}-${portNumber}` } : { host: connection.ip, port: portNumber };
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
const routers = { shell, control, stdin } as const;

let stream: { name: 'stdout' | 'stderr'; parentHeaderJson: string; pieces: string[]; length: number } | undefined;
let streamTimer: NodeJS.Timeout | undefined;

function flushStream(): void {
  clearTimeout(streamTimer);
  streamTimer = undefined;
  if (!stream) return;
  const { name, parentHeaderJson, pieces } = stream;
  stream = undefined;
  sendPublished({ type: 'stream', parentHeaderJson, contentJson: JSON.stringify({ name, text: pieces.join('') }) }, `stream.${name}`);
}

function addToStream(name: 'stdout' | 'stderr', text: string, parentHeaderJson: string): void {
  if (stream && (stream.name !== name || stream.parentHeaderJson !== parentHeaderJson || stream.length > LONGEST_STREAM_MESSAGE)) flushStream();
  stream ??= { name, parentHeaderJson, pieces: [], length: 0 };
  stream.pieces.push(text);
  stream.length += text.length;
  streamTimer ??= setTimeout(flushStream, STREAM_DELAY_MS);
}

function sendPublished(message: OutgoingMessage, topic: string): void {
  iopub.send([Buffer.from(topic), ...session.encode(message)]);
}

function publish(message: OutgoingMessage): void {
  flushStream();
  sendPublished(message, `kernel.${session.id}.${message.type}`);
}

function status(state: 'starting' | 'busy' | 'idle', parentHeaderJson: string): void {
  publish({ type: 'status', parentHeaderJson, contentJson: JSON.stringify({ execution_state: state }) });
}

function reply(channel: keyof typeof routers, identities: readonly Uint8Array[], message: OutgoingMessage): void {
  const [first, ...rest] = identities;
  routers[channel].send(Buffer.from(first).toString('latin1'), [...rest, ...session.encode(message)]);
}

let mainIsReady = false;
/** Questions to the person that have no answer yet, by message id of the last request. */
const questions: { id: number; waits: boolean }[] = [];

function receive(channel: 'shell' | 'control' | 'stdin', identity: string, parts: Buffer[]): void {
  let message: ReceivedMessage;
  try {
    message = session.decode(parts);
  } catch (error) {
    complain(`${channel}: ${(error as Error).message}`);
    return;
  }
  const identities = [Buffer.from(identity, 'latin1'), ...message.identities];
  if (channel === 'stdin') receiveAnswer(message);
  else if (channel === 'control') void receiveControl(identities, message);
  else if (message.header.msg_type === 'connect_request') answerNow('shell', identities, message, 'connect_reply', connectJson);
  else if (message.header.msg_type === 'kernel_info_request' && !mainIsReady) answerNow('shell', identities, message, 'kernel_info_reply', infoJson);
  else {
    const sequence = Atomics.add(shared, Shared.received, 1) + 1;
    toMain({ kind: 'shell', sequence, type: message.header.msg_type, identities, headerJson: message.headerJson, content: message.content, buffers: message.buffers });
  }
}

function answerNow(channel: 'shell' | 'control', identities: readonly Uint8Array[], message: ReceivedMessage, type: string, contentJson: string): void {
  status('busy', message.headerJson);
  reply(channel, identities, { type, parentHeaderJson: message.headerJson, contentJson });
  status('idle', message.headerJson);
}

const { shell_port, iopub_port, stdin_port, control_port, hb_port } = connection;
const connectJson = JSON.stringify({ status: 'ok', shell_port, iopub_port, stdin_port, control_port, hb_port });

const interrupter = new Interrupter(shared, (running) => toMain({ kind: 'interrupt', running }));
signals?.on('message', () => void interrupter.stop());

async function receiveControl(identities: readonly Uint8Array[], message: ReceivedMessage): Promise<void> {
  const type = message.header.msg_type;
  const ok = JSON.stringify({ status: 'ok' });
  if (type === 'kernel_info_request') answerNow('control', identities, message, 'kernel_info_reply', infoJson);
  else if (type === 'connect_request') answerNow('control', identities, message, 'connect_reply', connectJson);
  else if (type === 'usage_request') answerNow('control', identities, message, 'usage_reply', JSON.stringify(usage()));
  else if (type === 'interrupt_request') {
    status('busy', message.headerJson);
    await interrupter.interrupt();
    reply('control', identities, { type: 'interrupt_reply', parentHeaderJson: message.headerJson, contentJson: ok });
    status('idle', message.headerJson);
  } else if (type === 'shutdown_request') await shutDown('control', identities, message.headerJson, message.content.restart === true);
  else if (type === 'debug_request') {
    const { seq = 0, command = '' } = message.content;
    answerNow('control', identities, message, 'debug_reply', JSON.stringify({ type: 'response', seq: 0, request_seq: seq, command, success: false, message: 'this kernel has no debugger' }));
  } else if (/_request$/.test(type)) {
    answerNow('control', identities, message, type.replace(/_request$/, '_reply'), JSON.stringify({ status: 'error', ename: 'NotImplementedError', evalue: `${type} is not supported`, traceback: [] }));
  } else complain(`control: ${type}`);
}

let isShuttingDown = false;

async function shutDown(channel: 'shell' | 'control', identities: readonly Uint8Array[], parentHeaderJson: string, restart: boolean): Promise<void> {
  if (isShuttingDown) return;
  isShuttingDown = true;
  status('busy', parentHeaderJson);
  const contentJson = JSON.stringify({ status: 'ok', restart });
  reply(channel, identities, { type: 'shutdown_reply', parentHeaderJson, contentJson });
  publish({ type: 'shutdown_reply', parentHeaderJson, contentJson });
  status('idle', parentHeaderJson);
  await Promise.all([iopub, shell, control, stdin, heartbeat].map((socket) => socket.close()));
  toMain({ kind: 'shutdown', restart });
  // A main thread that computes does not hear of it.
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), EXIT_PATIENCE_MS);
}

function receiveAnswer(message: ReceivedMessage): void {
  if (message.header.msg_type !== 'input_reply') return complain(`stdin: ${message.header.msg_type}`);
  const question = questions.shift();
  if (!question) return complain('stdin: nobody asked');
  const value = String(message.content.value ?? '');
  if (!question.waits) return toMain({ kind: 'answer', id: question.id, value });
  answers.postMessage({ id: question.id, value });
  Atomics.add(shared, Shared.answered, 1);
  Atomics.notify(shared, Shared.answered);
}

port.on('message', (message: ToWire) => {
  Atomics.add(shared, Shared.taken, 1);
  if (message.kind === 'stream') addToStream(message.name, message.text, message.parentHeaderJson);
  else if (message.kind === 'publish') publish(message);
  else if (message.kind === 'reply') {
    flushStream();
    reply('shell', message.identities, message);
  } else if (message.kind === 'ask') {
    flushStream();
    // A question that was interrupted has no reader any more.
    questions.length = 0;
    questions.push({ id: message.id, waits: message.waits });
    const [first] = message.identities;
    stdin.send(Buffer.from(first).toString('latin1'), [...message.identities.slice(1), ...session.encode({ type: 'input_request', parentHeaderJson: message.parentHeaderJson, contentJson: message.contentJson })]);
  } else if (message.kind === 'ready') mainIsReady = true;
  else void shutDown('shell', message.identities, message.parentHeaderJson, message.restart);
});

/** Ends with the process that started the kernel, when that dies without a word. */
function watchStarter(): void {
  if (!process.env.JPY_PARENT_PID) return;
  const starter = process.ppid;
  setInterval(() => {
    if (process.ppid !== starter) process.kill(process.pid, 'SIGKILL');
  }, 1000).unref();
}

process.on('uncaughtException', (error) => complain(`internal: ${error.stack ?? error.message}`));
await Promise.all([shell.bind(endpoint(connection.shell_port)), iopub.bind(endpoint(connection.iopub_port)), stdin.bind(endpoint(connection.stdin_port)), control.bind(endpoint(connection.control_port)), heartbeat.bind(endpoint(connection.hb_port))]);
status('starting', '{}');
watchStarter();
