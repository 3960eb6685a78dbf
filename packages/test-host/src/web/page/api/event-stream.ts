import type { PageEvent } from '../../api/page-events.js';

/**
 * Reads the test host's event stream until it ends: events of one `data:` line each, as `web/server` writes them (a part
 * of the format of the HTML Living Standard, section 9.2).
 */
export async function readEvents(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  receive: (event: PageEvent) => void,
): Promise<void> {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const blocks = (rest + value).split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) receive(JSON.parse(block.replace(/^data: /, '')) as PageEvent);
  }
}
