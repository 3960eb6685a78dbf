import { Button } from './button.js';
import { useCopy } from './use-copy.js';

/** The way to the sign-in page for whom no page has opened, or who has closed it. */
export function SignInLink({ url }: { url: string }) {
  const { copy, said, isByHand, box } = useCopy(url);
  return (
    <>
      <a href={url} target="_blank" rel="noopener noreferrer">
        Open the sign-in page
      </a>
      <Button onPress={copy}>Copy link</Button>
      <span aria-live="polite">{said}</span>
      {isByHand && <input type="text" readOnly ref={box} aria-label="Link to the sign-in page" value={url} />}
    </>
  );
}
