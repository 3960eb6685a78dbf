/** An article of the host's help. */
export interface HelpArticle {
  readonly title: string;
  readonly paragraphs: readonly string[];
}

const START: HelpArticle = {
  title: 'EXACT help',
  paragraphs: [
    'Email is set up under Configure > Email and SMS Setup. File > Email shows what came in and what goes out.',
    'The button at the bottom left says whether the email service works. Press it to see when email was last received and sent, and what to do if it does not work.',
  ],
};

const ARTICLES: readonly HelpArticle[] = [
  {
    title: 'Email configuration - Outlook and Hotmail (personal accounts)',
    paragraphs: [
      'Addresses that end in outlook, hotmail, live or msn are personal Microsoft accounts. Microsoft treats them differently from the Microsoft 365 account of an organisation, and EXACT does not sign in to them under “Microsoft Office 365”.',
      'If the practice has a Microsoft 365 account, type its address under Practice Email Address instead, for example reception@practice.example, and press Authenticate.',
      'If the practice has only a personal account, ask whoever looks after your computers for a Microsoft 365 mailbox with the practice’s own domain. Patients recognise such an address, and the practice keeps it when staff change.',
      'Until then, choose “Do not send or receive email”, or leave an older set-up as it is. EXACT support helps with the change.',
    ],
  },
];

/** The article of that title, or the start of the help when there is none. */
export function findArticle(title: string): HelpArticle {
  return ARTICLES.find((article) => article.title === title) ?? START;
}
