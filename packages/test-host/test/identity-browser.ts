/**
 * A browser without windows for the sign-in pages: follows redirects, keeps cookies, presses buttons by their names, and
 * sends a form_post page on as its script would.
 */
export class IdentityBrowser {
  readonly #cookies = new Map<string, { value: string; path: string }>();
  #url = '';
  #page = '';
  /** The last address of another origin that a page sent the browser to, loaded or not. */
  leftFor: string | undefined;
  /** Headings of all pages shown so far, in order. */
  readonly headings: string[] = [];

  /** The main heading of the page shown. */
  get heading(): string {
    return textOf(/<h1>([\s\S]*?)<\/h1>/.exec(this.#page)?.[1] ?? '');
  }

  /** The text with role alert, if any. */
  get alert(): string | undefined {
    const text = /role="alert">([\s\S]*?)<\/p>/.exec(this.#page)?.[1];
    return text === undefined ? undefined : textOf(text);
  }

  get text(): string {
    return textOf(this.#page);
  }

  get url(): string {
    return this.#url;
  }

  /** The names of all buttons. */
  get buttons(): readonly string[] {
    return this.#buttons().map(({ name }) => name);
  }

  /** A cookie for every path, as somebody at this browser could set it. */
  setCookie(name: string, value: string): void {
    this.#cookies.set(`${name}|/`, { value, path: '/' });
  }

  async open(url: string): Promise<void> {
    await this.#load(url, { method: 'GET' });
  }

  async reload(): Promise<void> {
    await this.#load(this.#url, { method: 'GET' });
  }

  /** Fills fields by their labels and presses the button whose name holds `button`. */
  async press(button: string, fields: Readonly<Record<string, string>> = {}): Promise<void> {
    const pressed = this.#buttons().find(({ name }) => name.includes(button));
    if (pressed === undefined) throw new Error(`No button ${button} on the page ${this.heading}`);
    const form = this.#hiddenFields();
    for (const [label, value] of Object.entries(fields)) form.set(this.#fieldLabelled(label), value);
    if (pressed.field !== undefined) form.set(pressed.field, pressed.value);
    await this.post(form);
  }

  /** Sends any form to where the page's form goes. */
  async post(form: URLSearchParams): Promise<void> {
    const action = unescape(/<form method="post" action="([^"]*)"/.exec(this.#page)?.[1] ?? '');
    await this.#load(new URL(action, this.#url).href, { method: 'POST', body: form });
  }

  async #load(url: string, init: { method: string; body?: URLSearchParams }): Promise<void> {
    const response = await fetch(url, { ...init, redirect: 'manual', headers: { cookie: this.#cookiesFor(url) } });
    this.#keepCookies(response);
    const location = response.headers.get('location');
    if (location !== null) {
      if (new URL(location, url).origin !== new URL(url).origin) this.leftFor = location;
      await this.#load(new URL(location, url).href, { method: 'GET' });
      return;
    }
    this.#url = url;
    this.#page = await response.text();
    this.headings.push(this.heading);
    if (this.#page.includes('document.forms[0].submit()')) await this.post(this.#hiddenFields());
  }

  #cookiesFor(url: string): string {
    const { pathname } = new URL(url);
    const sent = [...this.#cookies].filter(([, { path }]) => pathname.startsWith(path));
    return sent.map(([key, { value }]) => `${key.split('|')[0] ?? ''}=${value}`).join('; ');
  }

  #keepCookies(response: Response): void {
    for (const header of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = header.split(';').map((part) => part.trim());
      const [name = ''] = pair.split('=');
      const attribute = (wanted: string) =>
        attributes.find((each) => each.toLowerCase().startsWith(`${wanted}=`))?.slice(wanted.length + 1);
      const path = attribute('path') ?? '/';
      const gone = attribute('max-age') === '0' || attribute('expires')?.includes('1970') === true;
      if (gone) this.#cookies.delete(`${name}|${path}`);
      else this.#cookies.set(`${name}|${path}`, { value: pair.slice(name.length + 1), path });
    }
  }

  #buttons(): { name: string; field: string | undefined; value: string }[] {
    return [...this.#page.matchAll(/<button([^>]*)>([\s\S]*?)<\/button>/g)].map(([, attributes = '', inner = '']) => ({
      name: textOf(inner),
      field: /name="([^"]*)"/.exec(attributes)?.[1],
      value: unescape(/value="([^"]*)"/.exec(attributes)?.[1] ?? ''),
    }));
  }

  #hiddenFields(): URLSearchParams {
    const fields = new URLSearchParams();
    const inputs = this.#page.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g);
    for (const [, name = '', value = ''] of inputs) fields.set(name, unescape(value));
    return fields;
  }

  #fieldLabelled(label: string): string {
    const field = new RegExp(`<label for="([^"]*)">${label}</label>`).exec(this.#page)?.[1];
    if (field === undefined) throw new Error(`No field ${label} on the page ${this.heading}`);
    return field;
  }
}

function textOf(markup: string): string {
  const shown = markup.replaceAll(/<(style|script)[\s\S]*?<\/\1>/g, '').replaceAll(/<[^>]*>/g, ' ');
  return unescape(shown).replaceAll(/\s+/g, ' ').trim();
}

function unescape(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
}
