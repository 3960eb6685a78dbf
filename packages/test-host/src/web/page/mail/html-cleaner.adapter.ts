import DOMPurify from 'dompurify';

/** A link of an email: what it says and where it really leads. */
export interface MailLink {
  readonly text: string;
  readonly target: string;
}

/** HTML that can be shown in a sandboxed frame. */
export interface CleanedHtml {
  /** Body of the document: without scripts, forms, frames and links that lead anywhere. */
  readonly html: string;
  readonly links: readonly MailLink[];
  /** It would fetch pictures from the internet, which are left out. */
  readonly hasRemotePictures: boolean;
}

const FORBIDDEN_TAGS = ['form', 'input', 'button', 'select', 'textarea', 'iframe', 'frame', 'object', 'embed', 'link'];
const FORBIDDEN_MEDIA = ['audio', 'video', 'source', 'track', 'svg', 'math', 'dialog', 'base', 'meta'];

/**
 * Cleans the HTML of a received email. Pictures inside the email are put in from `pictures` (`data:` URLs by
 * Content-ID), those from the internet are left out. Links become plain text; where they lead stands in `links`. Styles
 * carry the nonce of the frame's policy.
 */
export function cleanHtml(dirty: string, pictures: Readonly<Record<string, string>>, nonce: string): CleanedHtml {
  const clean = DOMPurify.sanitize(dirty, {
    FORBID_TAGS: [...FORBIDDEN_TAGS, ...FORBIDDEN_MEDIA],
    FORBID_ATTR: ['srcset', 'ping', 'background', 'autofocus', 'target'],
    ALLOW_DATA_ATTR: false,
    ALLOW_UNKNOWN_PROTOCOLS: false,
    FORCE_BODY: true,
    ALLOWED_URI_REGEXP: /^(?:https?|mailto|tel|cid|data):/i,
  });
  const { body } = new DOMParser().parseFromString(`<body>${clean}`, 'text/html');
  const hasRemoteStyles = cleanStyles(body, nonce);
  const hasRemotePictures = replacePictures(body, pictures) || hasRemoteStyles;
  return { links: takeLinks(body), hasRemotePictures, html: body.innerHTML };
}

/** What a received email says, without its looks: to be quoted. */
export function htmlToText(dirty: string): string {
  const body = DOMPurify.sanitize(dirty, { RETURN_DOM: true, FORBID_TAGS: ['style', 'title'], FORCE_BODY: true });
  return textOf(body)
    .replace(/[^\S\n]*\n[^\S\n]*/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

const BLOCKS =
  /^(?:ADDRESS|ARTICLE|BLOCKQUOTE|BR|CENTER|DD|DIV|DL|DT|FIGURE|FOOTER|H[1-6]|HEADER|HR|LI|OL|P|PRE|SECTION|TABLE|TR|UL)$/;

function textOf(node: Node): string {
  if (node.nodeType === Node.TEXT_NODE) return (node.textContent ?? '').replace(/\s+/g, ' ');
  const { nodeName } = node;
  if (nodeName === 'BR') return '\n';
  const inside = [...node.childNodes].map(textOf).join('');
  if (nodeName === 'TD' || nodeName === 'TH') return `${inside} `;
  if (nodeName === 'P') return `\n\n${inside}\n\n`;
  if (nodeName === 'LI') return `\n- ${inside}`;
  return BLOCKS.test(nodeName) ? `\n${inside}\n` : inside;
}

function replacePictures(body: HTMLElement, pictures: Readonly<Record<string, string>>): boolean {
  let hasRemote = false;
  for (const image of body.querySelectorAll('img')) {
    const source = image.getAttribute('src') ?? '';
    const contentId = /^cid:(.*)$/i.exec(source)?.[1];
    const picture = contentId === undefined ? undefined : pictures[decodeContentId(contentId)];
    if (picture !== undefined) image.src = picture;
    else if (!/^data:image\/(?:png|jpeg|gif|webp|bmp)[;,]/i.test(source)) {
      hasRemote ||= /^https?:/i.test(source);
      image.removeAttribute('src');
    }
  }
  return hasRemote;
}

/** Takes out what styles would fetch; the frame's policy stands behind it for what is written in a stranger way. */
function cleanStyles(body: HTMLElement, nonce: string): boolean {
  let hasRemote = false;
  const clean = (css: string): string =>
    css.replace(/@import[^;]*;?|url\([^)]*\)/gi, (reference) => {
      hasRemote = true;
      return reference.startsWith('@') ? '' : 'none';
    });
  for (const style of body.querySelectorAll('style')) {
    style.textContent = clean(style.textContent);
    style.setAttribute('nonce', nonce);
  }
  for (const element of body.querySelectorAll('[style]')) {
    element.setAttribute('style', clean(element.getAttribute('style') ?? ''));
  }
  return hasRemote;
}

function decodeContentId(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function takeLinks(body: HTMLElement): readonly MailLink[] {
  const links = new Map<string, MailLink>();
  for (const link of body.querySelectorAll('a[href], area[href]')) {
    const target = link.getAttribute('href') ?? '';
    link.removeAttribute('href');
    if (!/^(?:https?|mailto|tel):/i.test(target)) continue;
    link.setAttribute('title', target);
    const text = link.textContent.trim();
    if (!links.has(target)) links.set(target, { text: text === '' ? 'Picture' : text, target });
  }
  return [...links.values()];
}
