import { config } from '../../auth/config'
import type { LegalDocument } from './legal-document'

const { content } = config

/** Says what the Chinese one says: change both together. */
export const englishUserAgreement: LegalDocument = {
  title: 'User Agreement',
  version: `Version ${config.agreementVersion}`,
  sections: [
    {
      heading: '1. Who we are',
      paragraphs: [
        `The mini program “${config.appName}” is run by 【operator】 (“we”). Contact: 【contact】.`,
        'By tapping “Agree and log in” when you log in, you confirm that you have read this agreement and the Privacy Policy and agree to both. If you do not agree, you can still browse the home page; only features that need a login are not available. This is a translation: if it differs from the Chinese text, the Chinese text applies.',
      ],
    },
    {
      heading: '2. What we offer',
      paragraphs: [...content.service],
    },
    {
      heading: '3. Account and login',
      paragraphs: [
        'Your account belongs to your WeChat account, and you usually log in with the phone number that you authorize. A login is valid for 30 days. When you open the mini program after half of that time it is extended, and when it has expired you are logged in again, in either case without being asked, unless you logged out.',
        'An account holds up to 10 logins at a time; beyond that the oldest one ends. You can log out in “Me” at any time, and see and log out each device in “Me – Devices”. After you log out, we do not log you in until you tap to log in.',
        `If you change your WeChat account and keep your phone number, you can ask in “Me – Recover another account”: once the old account agrees, its ${content.name}, nickname and avatar move to the present account, and the old account is closed at once. Without that account’s consent we move nothing, unless we have verified that both accounts are yours.`,
        'Please keep your WeChat account safe. What is done through your WeChat account counts as done by you.',
      ],
    },
    {
      heading: '4. What you may not do',
      paragraphs: [
        'Do not use this mini program for anything unlawful, do not submit content that is unlawful, infringing or harassing (WeChat’s content security service checks nicknames), do not disturb the service, and do not try to reach the accounts and data of others.',
        'If you do, we may disable your account; you see a notice at your next use. If you think this is a mistake, you can appeal through the contact above.',
      ],
    },
    {
      heading: '5. Changes, interruptions and liability',
      paragraphs: [
        'We do our best to keep the service running, but maintenance, the network or the WeChat platform may interrupt it. We are liable under the law for losses that are our fault. This agreement excludes or limits none of the rights that the law gives you.',
        'When this agreement changes in an important way, we update its version and ask for your consent again at your next login.',
      ],
    },
    {
      heading: '6. Closing your account, and disputes',
      paragraphs: [
        `You can close your account at any time in “Me – Close account”. It takes effect at once: all logins end, and the account, the ${content.name} and the avatar are deleted and cannot be restored. Part 4 of the Privacy Policy says what becomes of security records. If you register again later, it is a new account. If you cannot do it yourself, contact 【contact】.`,
        'The law of the People’s Republic of China applies to this agreement. Disputes are first settled by talking; if that fails, they can be brought before a people’s court that has jurisdiction.',
      ],
    },
  ],
}
