/**
 * What runs inside a function's worker thread: loads the bundle, then calls the handler for each message.
 * Plain JavaScript, because a worker thread of Node 20 has no TypeScript loader.
 */
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
const send = (message) => parentPort.postMessage(message);

const failure = (error) => ({
  kind: 'failed',
  error: { type: error?.name ?? 'Error', message: error?.message ?? String(error) },
});

async function loadHandler() {
  const module = await import(pathToFileURL(workerData.file).href);
  const handler = module[workerData.exportName];
  if (typeof handler === 'function') return handler;
  throw Object.assign(new Error(`${workerData.exportName} is undefined or not exported`), {
    name: 'Runtime.HandlerNotFound',
  });
}

/** Events and results cross as JSON text, as they do on AWS: nothing else survives the trip there either. */
async function answer(handler, { event, context, deadline }) {
  try {
    const result = await handler(JSON.parse(event), {
      ...context,
      getRemainingTimeInMillis: () => deadline - Date.now(),
    });
    return { kind: 'answered', result: JSON.stringify(result ?? null) };
  } catch (error) {
    return failure(error);
  }
}

try {
  const handler = await loadHandler();
  // `answer` never rejects.
  parentPort.on('message', (message) => void answer(handler, message).then(send));
  send({ kind: 'ready' });
} catch (error) {
  send(failure(error));
}
