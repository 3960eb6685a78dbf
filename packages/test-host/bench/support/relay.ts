import { createServer, connect, type Socket } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';

/** What the way to the server is like. The relay's thread can be told of another one. */
export interface Distance {
  /** There and back, milliseconds. */
  readonly roundTripMs: number;
  /** Bits a second, from the server, over all connections together. Default: as fast as it goes. */
  readonly bitsPerSecond?: number;
}

/** What the relay's thread is started with. */
export interface RelayOptions extends Distance {
  /** Port of the server on 127.0.0.1. */
  readonly server: number;
}

/** So much may be on its way at once, as in a large TCP window. Bytes. */
const WINDOW = 8 * 1024 * 1024;

/** What all connections share in one direction. */
class Line {
  /** When the last byte that is on its way leaves it, by `performance.now`. */
  freeAt = 0;
}

/** One direction of a connection: hands bytes on after half a round trip, and no faster than the line. */
class Direction {
  private readonly waiting: { readonly due: number; readonly chunk: Buffer }[] = [];
  private bytes = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly from: Socket,
    private readonly to: Socket,
    private readonly distance: () => Distance,
    private readonly line = new Line(),
  ) {
    from.on('data', (chunk: Buffer) => {
      this.take(chunk);
    });
    from.on('end', () => {
      this.take(Buffer.alloc(0));
    });
    from.on('error', () => to.destroy());
    from.on('close', () => {
      if (this.waiting.length === 0) to.destroy();
    });
  }

  private take(chunk: Buffer): void {
    const now = performance.now();
    const { roundTripMs, bitsPerSecond } = this.distance();
    const takes = bitsPerSecond === undefined ? 0 : (chunk.byteLength * 8000) / bitsPerSecond;
    this.line.freeAt = Math.max(now, this.line.freeAt) + takes;
    this.waiting.push({ due: this.line.freeAt + roundTripMs / 2, chunk });
    this.bytes += chunk.byteLength;
    if (this.bytes > WINDOW) this.from.pause();
    if (roundTripMs === 0) this.handOn();
    else this.timer ??= setTimeout(this.handOn, roundTripMs / 2);
  }

  private readonly handOn = (): void => {
    this.timer = undefined;
    const now = performance.now();
    for (let [next] = this.waiting; next && next.due <= now + 0.5; [next] = this.waiting) {
      this.waiting.shift();
      this.bytes -= next.chunk.byteLength;
      if (next.chunk.byteLength === 0) this.to.end();
      else this.to.write(next.chunk);
    }
    if (this.bytes < WINDOW / 2) this.from.resume();
    const [next] = this.waiting;
    if (next) this.timer = setTimeout(this.handOn, Math.max(0, next.due - now));
  };
}

/** Says each time that a client asks something after the server has spoken: a round trip begins. */
function countTrips(client: Socket, upstream: Socket): void {
  let isAsking = false;
  client.on('data', () => {
    if (!isAsking) parentPort?.postMessage({ trip: true });
    isAsking = true;
  });
  upstream.on('data', () => {
    isAsking = false;
  });
}

function serve({ server, ...options }: RelayOptions): void {
  let distance: Distance = options;
  parentPort?.on('message', (other: Distance) => {
    distance = other;
  });
  const fromServer = new Line();
  const listener = createServer((client) => {
    const upstream = connect(server, '127.0.0.1');
    for (const socket of [client, upstream]) socket.setNoDelay(true);
    countTrips(client, upstream);
    new Direction(client, upstream, () => ({ roundTripMs: distance.roundTripMs }));
    new Direction(upstream, client, () => distance, fromServer);
  });
  listener.listen(0, '127.0.0.1', () => {
    const address = listener.address();
    parentPort?.postMessage({ port: typeof address === 'object' ? address?.port : undefined });
  });
}

if (workerData) serve(workerData as RelayOptions);
