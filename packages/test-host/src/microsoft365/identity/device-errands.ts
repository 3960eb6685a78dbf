import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { DeviceSignIn } from './device-sign-in.adapter.js';
import { entraRefusals } from './entra-refusal.js';
import { readForm } from './form.js';
import { sendPage } from './page-layout.js';
import { drawDeviceSignedIn, drawEnterCode, drawNoAccess, drawProblem, signInPath } from './sign-in-pages.js';
import type { FindErrand } from './sign-in-site.js';
import type { IdentitySituations } from './situations.js';

/** Codes that were typed and whose sign-in neither ended nor was abandoned for long enough to be the oldest of so many. */
const OPEN_SIGN_INS = 100;

/** The page on which people type the code of a device, and the sign-ins that it leads to. */
export class DeviceErrands {
  /** By id, the oldest first. */
  readonly #open = new Map<string, DeviceSignIn>();

  constructor(
    private readonly find: (typedCode: string) => Promise<DeviceSignIn | undefined>,
    private readonly situations: IdentitySituations,
  ) {}

  /** Shows the page, or takes its form: leads to the sign-in, or says that nobody knows the code. */
  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method !== 'POST') {
      sendPage(response, drawEnterCode());
      return;
    }
    const typed = (await readForm(request)).get('code') ?? '';
    const device = await this.find(typed);
    if (device === undefined) {
      sendPage(response, drawEnterCode("That code didn't work. Check the code and try again."));
      return;
    }
    const id = randomUUID();
    this.#open.set(id, device);
    const [oldest] = this.#open.keys();
    if (oldest !== undefined && this.#open.size > OPEN_SIGN_INS) this.#open.delete(oldest);
    response.writeHead(303, { location: signInPath(id) }).end();
  }

  readonly findErrand: FindErrand = (_request, response, id) => {
    const device = this.#open.get(id);
    if (device === undefined) return Promise.resolve(undefined);
    return Promise.resolve({
      request: device.request(id),
      declined: device.declined,
      accept: async (account) => {
        this.#open.delete(id);
        if (this.situations.refusesDeviceCodes) {
          await device.refuse(entraRefusals.blockedByPolicy());
          sendPage(response, drawNoAccess());
          return;
        }
        await device.accept(account);
        sendPage(response, drawDeviceSignedIn(device.request(id).appName));
      },
      refuse: async (refusal) => {
        this.#open.delete(id);
        await device.refuse(refusal);
        sendPage(response, { ...drawProblem('You did not sign in.'), status: 200 });
      },
    });
  };
}
