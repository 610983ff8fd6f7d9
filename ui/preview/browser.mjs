// What drives a browser at the preview: the server of its pages, the programs beside it, and the WebDriver protocol.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer as listen } from 'node:net';
import { createServer } from 'vite';

const sleep = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

/** Tries for half a minute, and answers what was found. */
export async function until(what, attempt) {
  const end = Date.now() + 30_000;
  let failure;
  do {
    try {
      const found = await attempt();
      if (found) return found;
    } catch (error) {
      failure = error;
    }
    await sleep(50);
  } while (Date.now() < end);
  throw new Error(`waited for ${what} in vain`, { cause: failure });
}

/** Serves the preview's pages. A file that is edited meanwhile must not reload them. */
export async function servePreview() {
  const server = await createServer({ server: { port: 0, hmr: false, watch: null }, logLevel: 'warn' });
  await server.listen();
  return {
    address: `http://127.0.0.1:${server.httpServer.address().port}/preview/`,
    close: () => server.close(),
  };
}

/** Starts a program, which this one does not wait for but takes along when it ends. */
export function start(program, args, env = {}) {
  const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: 'ignore' });
  child.unref();
  process.on('exit', () => child.kill());
}

/** A port of this computer that nobody listens on. */
export async function freePort() {
  const server = listen().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

/** A browser behind the driver at this port. */
export async function openBrowser(port, capabilities) {
  const ask = async (method, path, body) => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      body: body && JSON.stringify(body),
    });
    const { value } = await answer.json();
    if (!answer.ok) throw new Error(`${path}: ${value.message}`);
    return value;
  };
  await until('the driver', () => ask('GET', '/status'));
  const { sessionId } = await ask('POST', '/session', { capabilities: { alwaysMatch: capabilities } });
  const send = (method, path, body) => ask(method, `/session/${sessionId}${path}`, body);
  return {
    send,
    open: (url) => send('POST', '/url', { url }),
    /** Answers what the script returns; what it promises is waited for. */
    run: (script, ...args) => send('POST', '/execute/sync', { script, args }),
    close: () => send('DELETE', ''),
  };
}
