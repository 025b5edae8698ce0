/** How a kernel starts and ends: connection files, transports, signals, and what is left behind. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildKernel, executeContent, KernelProcess, kernelspec, type Connection } from './support/kernelProcess.js';

const folder = mkdtempSync(join(tmpdir(), 'semlab-connections-'));
beforeAll(() => buildKernel());
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function withKernel(connection: Connection, work: (kernel: KernelProcess) => Promise<void>, environment: NodeJS.ProcessEnv = {}): Promise<void> {
  const kernel = await KernelProcess.start(environment, connection);
  try {
    await work(kernel);
  } finally {
    await kernel.stop();
  }
}

const PORTS = { shell_port: 50001, iopub_port: 50002, stdin_port: 50003, control_port: 50004, hb_port: 50005 };
const GOOD = { transport: 'tcp', ip: '127.0.0.1', key: 'k', signature_scheme: 'hmac-sha256', ...PORTS };

describe('a connection', () => {
  it.each([
    ['without a key is not signed', { key: '' }],
    ['signed by SHA-512', { signature_scheme: 'hmac-sha512' }],
    ['signed by SHA-1', { signature_scheme: 'hmac-sha1' }],
    ['signed by MD5', { signature_scheme: 'hmac-md5' }],
    ['on every interface', { ip: '0.0.0.0' }],
    ['on every interface, as ZeroMQ writes it', { ip: '*' }],
    ['on localhost', { ip: 'localhost' }],
    ['with fields that nobody knows', { jupyter_session: '/a/b.ipynb', more: [1] }]
  ] as [string, Connection][])('%s', async (_name, connection) => {
    await withKernel(connection, async (kernel) => {
      expect(await kernel.text('6 * 7')).toBe('42');
      expect(await kernel.heartbeat('alive')).toBe('alive');
    });
  });

  it.runIf(process.platform !== 'win32')('over ipc leaves no files behind, and takes over those of a killed kernel', async () => {
    await withKernel({ transport: 'ipc' }, async (kernel) => {
      expect(await kernel.text('6 * 7')).toBe('42');
      kernel.process.kill('SIGKILL');
      await kernel.exited();
      expect(readdirSync(kernel.folder).filter((name) => name.startsWith('socket-')).length).toBe(5);
      await kernel.again();
      expect(await kernel.text('6 * 7')).toBe('42');
      await kernel.reply(await kernel.post('shutdown_request', { restart: false }, 'control'));
      expect(await kernel.exited()).toBe(0);
      expect(readdirSync(kernel.folder).filter((name) => name.startsWith('socket-'))).toEqual([]);
    });
  });

});

describe('a connection file', () => {
  it.each([
    ['that is missing', undefined, /cannot be read: ENOENT/],
    ['that is empty', '', /is not JSON/],
    ['that is cut off', '{"transport": "tc', /is not JSON/],
    ['that is a list', '[1]', /is not a JSON object/],
    ['without ports', '{"transport": "tcp", "ip": "127.0.0.1", "key": "k"}', /has no port number for shell_port/],
    ['with a port that is none', JSON.stringify({ ...GOOD, hb_port: 123_456 }), /has no port number for hb_port/],
    ['with a transport that is none', JSON.stringify({ ...GOOD, transport: 'pigeon' }), /asks for the transport "pigeon"; there are tcp and ipc/],
    ['with a scheme that is none', JSON.stringify({ ...GOOD, signature_scheme: 'hmac-none' }), /asks for the signature scheme "hmac-none"; there are .*hmac-sha256/],
    ['with a key that is no text', JSON.stringify({ ...GOOD, key: 5 }), /has no text for key/]
  ])('%s ends the kernel with one line that says so', (_name, text, complaint) => {
    const file = join(folder, 'broken.json');
    rmSync(file, { force: true });
    if (text !== undefined) writeFileSync(file, text);
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(kernelspec, 'kernel.js'), file], { encoding: 'utf8', timeout: 30_000 });
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(complaint);
    expect(stderr.trim().split('\n').length).toBe(1);
  });

  it('may lie in a folder with blanks and Chinese letters', () => {
    const place = join(folder, '问卷 study 1');
    mkdirSync(place);
    const file = join(place, 'connection 文件.json');
    writeFileSync(file, '{}');
    expect(spawnSync(process.execPath, [join(kernelspec, 'kernel.js'), file], { encoding: 'utf8' }).stderr).toBe(`[semlab] the connection file ${file} has no port number for shell_port\n`);
  });

  it('whose port is taken ends the kernel with one line that names the port', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const file = join(folder, 'taken.json');
    writeFileSync(file, JSON.stringify({ ...GOOD, shell_port: port }));
    const { status, stderr } = await new Promise<{ status: number | null; stderr: string }>((resolve) => {
      let stderr = '';
      const child = spawn(process.execPath, [join(kernelspec, 'kernel.js'), file], { stdio: ['ignore', 'ignore', 'pipe'] });
      child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
      child.on('exit', (status) => resolve({ status, stderr }));
    });
    server.close();
    expect(status).toBe(1);
    expect(stderr).toMatch(new RegExp(`^\\[semlab\\] the connection failed: .*address already in use 127\\.0\\.0\\.1:${port}\\n$`));
  });
});

describe('the end', () => {
  const NEVER: Readonly<Record<string, string>> = {
    'an idle kernel': '',
    'a kernel that computes': 'console.log("start"); await 0; for (;;) {}',
    'a kernel that waits': 'console.log("start"); await new Promise(() => {});',
    'a kernel that asks': 'console.log("start"); prompt("?")'
  };

  describe.each(Object.entries(NEVER))('of %s', (_name, code) => {
    it.each([
      ['control', false],
      ['control', true]
    ] as const)('on %s, restart %s: reply, broadcast, exit status 0', async (channel, restart) => {
      await withKernel({}, async (kernel) => {
        if (code !== '') {
          const cell = await kernel.post('execute_request', executeContent(code));
          await kernel.until(() => kernel.iopub.some((message) => message.parentHeader.msg_id === cell && message.header.msg_type === 'stream'), 'start');
        }
        const id = await kernel.post('shutdown_request', { restart }, channel);
        expect(await kernel.reply(id)).toMatchObject({ header: { msg_type: 'shutdown_reply' }, content: { status: 'ok', restart } });
        await kernel.until(() => kernel.iopub.some((message) => message.header.msg_type === 'shutdown_reply'), 'broadcast');
        expect(kernel.iopub.find((message) => message.header.msg_type === 'shutdown_reply')).toMatchObject({ parentHeader: { msg_id: id }, content: { status: 'ok', restart } });
        expect(await kernel.exited()).toBe(0);
      });
    });
  });

  it('may be asked for before the compiler is loaded, on shell too', async () => {
    for (const channel of ['shell', 'control'] as const) {
      await withKernel({}, async (kernel) => {
        expect((await kernel.reply(await kernel.post('shutdown_request', { restart: false }, channel))).content).toEqual({ status: 'ok', restart: false });
        expect(await kernel.exited()).toBe(0);
      });
    }
  });

  it('on shell comes after the cells before it', async () => {
    await withKernel({}, async (kernel) => {
      await kernel.execute('1');
      const cell = await kernel.post('execute_request', executeContent('await new Promise((r) => setTimeout(r, 200)); "done"'));
      const id = await kernel.post('shutdown_request', { restart: false });
      expect((await kernel.reply(cell)).content.status).toBe('ok');
      expect((await kernel.reply(id)).content.status).toBe('ok');
      expect(await kernel.exited()).toBe(0);
    });
  });

  it.runIf(process.platform !== 'win32')('comes by SIGTERM, also while a cell computes', async () => {
    for (const code of ['1', 'await 0; for (;;) {}']) {
      await withKernel({}, async (kernel) => {
        await kernel.outputs(await kernel.post('kernel_info_request', {}));
        const cell = await kernel.post('execute_request', executeContent(code));
        await kernel.until(() => kernel.iopub.some((message) => message.parentHeader.msg_id === cell), 'busy');
        kernel.process.kill('SIGTERM');
        await kernel.exited();
        expect(kernel.process.signalCode).toBe('SIGTERM');
      });
    }
  });

  it('frees the ports: three restarts on the same connection file, each a session of its own', async () => {
    await withKernel({}, async (kernel) => {
      const sessions = new Set<string>();
      for (let turn = 0; turn < 3; turn++) {
        const { reply } = await kernel.execute('var left = 1');
        expect(reply.content.execution_count).toBe(1);
        sessions.add(reply.header.session);
        await kernel.reply(await kernel.post('shutdown_request', { restart: true }, 'control'));
        await kernel.exited();
        await kernel.again();
        expect(await kernel.failure('left')).toMatch(/Cannot find name 'left'/);
        await kernel.reply(await kernel.post('shutdown_request', { restart: true }, 'control'));
        await kernel.exited();
        await kernel.again();
      }
      expect(sessions.size).toBe(3);
    });
  });

  it.runIf(process.platform !== 'win32')('comes when the process that started the kernel dies without a word', async () => {
    const file = join(folder, 'orphan.json');
    writeFileSync(file, JSON.stringify({ ...GOOD, shell_port: 50_011, iopub_port: 50_012, stdin_port: 50_013, control_port: 50_014, hb_port: 50_015 }));
    const starter = `const { spawn } = require('child_process'); const child = spawn(process.execPath, ${JSON.stringify([join(kernelspec, 'kernel.js'), file])}, { env: { ...process.env, JPY_PARENT_PID: String(process.pid) }, stdio: 'ignore' }); console.log(child.pid); setInterval(() => {}, 1000);`;
    const parent = spawn(process.execPath, ['-e', starter], { stdio: ['ignore', 'pipe', 'inherit'] });
    const pid = await new Promise<number>((resolve) => parent.stdout.once('data', (chunk: Buffer) => resolve(Number(chunk.toString()))));
    const isAlive = (): boolean => {
      try {
        return process.kill(pid, 0);
      } catch {
        return false;
      }
    };
    // It must have looked at its parent once.
    await new Promise((resolve) => setTimeout(resolve, 2000));
    expect(isAlive()).toBe(true);
    parent.kill('SIGKILL');
    await expect.poll(isAlive, { timeout: 20_000, interval: 100 }).toBe(false);
  });
});

describe.runIf(process.platform !== 'win32')('SIGINT', () => {
  it('while the kernel starts is not its end', async () => {
    await withKernel({}, async (kernel) => {
      // The wire thread has answered, the compiler is being loaded.
      for (let i = 0; i < 20; i++) {
        kernel.process.kill('SIGINT');
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
      expect(await kernel.text('6 * 7')).toBe('42');
    });
  });

  it('is the kernel\'s, whatever a package listens to', async () => {
    await withKernel({}, async (kernel) => {
      const listening = 'let heard = 0; const listener = () => { heard++; }; process.on("SIGINT", listener); process.once("SIGINT", listener); process.addListener("SIGINT", listener); ';
      expect(await kernel.text(`${listening} process.listenerCount("SIGINT")`)).toBe('3');
      for (const code of ['console.log("start"); for (;;) {}', 'console.log("start"); await 0; for (;;) {}']) {
        for (const way of ['signal', 'message']) {
          const id = await kernel.post('execute_request', executeContent(code));
          await kernel.until(() => kernel.iopub.some((message) => message.parentHeader.msg_id === id && message.header.msg_type === 'stream'), 'start');
          if (way === 'signal') kernel.process.kill('SIGINT');
          else await kernel.request('interrupt_request', {}, 'control');
          expect((await kernel.reply(id)).content).toMatchObject({ status: 'error', ename: 'Interrupted' });
        }
      }
      expect(await kernel.text('process.off("SIGINT", listener); process.removeAllListeners("SIGINT"); [heard, process.listenerCount("SIGINT")]')).toBe('[ 0, 0 ]');
    });
  });
});
