import type { Control, JsonValue, PageModel, StoredConfiguration, Verdict, WizardPage } from '@exact/host-contracts';
import { z } from 'zod';
import { controlValue, unknownControl } from './control-value.js';
import type { Draft, ProviderChoice } from './draft.js';

type Option = { value: ProviderChoice; text: string; hint?: string };

/** First page: who the practice's email provider is. */
export class ProviderPage implements WizardPage {
  readonly id = 'provider';

  constructor(
    private readonly draft: Draft,
    private readonly stored: StoredConfiguration,
    /** Why nothing can be signed in, sent or tested here; shown at the top. */
    private readonly notices: readonly Control[],
  ) {}

  model(): Promise<PageModel> {
    const { provider } = this.draft;
    return Promise.resolve({
      title: 'Email Provider',
      controls: [
        ...this.notices,
        { kind: 'text', id: 'intro', text: 'Who provides the practice’s email?' },
        {
          kind: 'radio',
          id: 'provider',
          text: 'Email provider',
          options: this.options(),
          ...(provider && { value: provider }),
        },
      ],
      verdict: this.verdict(),
    });
  }

  async change(control: string, value: JsonValue): Promise<void> {
    if (control !== 'provider') throw unknownControl(control);
    const choice = controlValue(z.enum(['microsoft365', 'off', 'other']), value);
    if (!this.options().some((option) => option.value === choice)) throw unknownControl(`${control}: ${choice}`);
    this.draft.update((draft) => {
      draft.provider = choice;
    });
    return Promise.resolve();
  }

  enter(): Promise<void> {
    return Promise.resolve();
  }

  press(control: string): Promise<void> {
    return Promise.reject(unknownControl(control));
  }

  receive(): Promise<JsonValue> {
    return Promise.resolve(null);
  }

  private options(): readonly Option[] {
    const { other } = this.stored;
    return [
      {
        value: 'microsoft365',
        text: 'Microsoft Office 365',
        hint: 'The practice’s mailbox at Microsoft, with Microsoft’s own sign-in.',
      },
      ...(other
        ? [{ value: 'other' as const, text: 'Other email (current)', hint: `${other.description}. It stays as it is.` }]
        : []),
      {
        value: 'off',
        text: 'Do not send or receive email',
        hint: 'Turns email off. Everything that is set up is remembered.',
      },
    ];
  }

  private verdict(): Verdict {
    return this.draft.provider ? { kind: 'next' } : { kind: 'stay', because: 'Choose one to go on.' };
  }
}
