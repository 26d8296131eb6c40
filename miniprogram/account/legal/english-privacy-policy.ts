import { config } from '../../auth/config'
import type { LegalDocument } from './legal-document'

const { content } = config

/** Says what the Chinese one says: change both together. */
export const englishPrivacyPolicy: LegalDocument = {
  title: 'Privacy Policy',
  version: `Version ${config.agreementVersion}`,
  sections: [
    {
      heading: '1. Who handles your information',
      paragraphs: [
        `【operator】 (“we”) runs the mini program “${config.appName}” and is the handler of your personal information. For any question, request or complaint about personal information, contact 【contact】. This is a translation: if it differs from the Chinese text, the Chinese text applies.`,
      ],
    },
    {
      heading: '2. What we collect, and why',
      paragraphs: [
        'While you only browse: the mini program calls none of our cloud functions, and we collect no personal information. The exception is a phone that holds an earlier login, or a logout that was not delivered: opening the mini program then checks or extends the login, or delivers the logout. WeChat counts visits to mini programs under its own rules.',
        'When you tap something that needs a login: we first ask, by the user identifier that WeChat provides (openid), whether you have an account. If you have none, our database keeps nothing; the run logs of the Cloud Development platform keep that the call was made.',
        'When you log in: the user identifiers that WeChat provides (openid, in some cases also unionid), to recognise your account; the phone number that you authorize, its country or region code and the time of verification, to identify your account: when you contact us, an administrator can find your account by the number. Your account follows your WeChat account. We never recover or merge accounts by a phone number alone: when a number that WeChat verified has logged in to another account, we only tell you that there is such an account and nothing of what it holds; things move only after that account agrees, or after we have verified that both accounts are yours. The basis is your consent, whose version and time are stored too.',
        'To manage logins: times of login, last use and expiry, the number of logins, and the model and system of the device, so that you can see and log out devices, so that logins end when they expire or are ended, and to prevent abuse.',
        'To prevent abuse: the times of recent logins, and of failed phone authorizations, profile changes, avatar uploads, ended logins and data exports, only to limit how often they happen.',
        'For security: records of logins, consent, devices logged out, number changes, data exports, transfer requests and answers, account closing, and of what administrators did (searching, viewing a number, disabling, restoring and moving accounts), with time, IP address, source, request number and the device model of a login, to notice irregularities and settle disputes.',
        ...content.collected,
        `Nickname and avatar: apart from the nickname “${config.defaultNickname}” that everybody gets at registration, they are collected only if you enter them, to be shown to yourself in “Me”; you can do without. The nickname you enter is sent with your openid to WeChat’s content security service, and saved once it passes. Avatars are stored in WeChat cloud storage at addresses that are hard to guess and that we give to no other user; somebody who knows the address may be able to read the picture.`,
        'Clipboard: only when you tap “Copy all” do we write your own data to the clipboard. We never read the clipboard.',
        'Whether there is a network connection: used only on the phone, to try again; not uploaded. We read neither your location nor your contacts, do not browse your album, receive only the one picture that you choose as your avatar, and do not track you across apps.',
      ],
    },
    {
      heading: '3. How we protect your phone number, which is important information',
      paragraphs: [
        'WeChat gives the phone number to our server after you authorize it. It is stored encrypted (AES-256-GCM) and found by an index that only the holder of a key can compute; pages, logs and the administration show it masked, such as 138****8000. The full number is shown only in “My data”, to yourself, after you tap, or copied by you; on its way it is hidden with random bytes that your phone made for that one time. An administrator who really needs to see it states a reason, and each view is recorded.',
        'We do not show your phone number to other users, and send no messages or advertising to it.',
        'Your phone keeps: the login token and its expiry, the account number, the masked phone number and its time of verification, the nickname and the address of the avatar; the token of a logout that was not delivered; and, when you authorized a phone number and the login or change did not finish, the one-time code that WeChat gave (or an encrypted credential in its place) for another try, which expires after five minutes and is deleted when it is used, refused, the account is closed, or the mini program is opened after it expired. After you log out the masked number stays, to make your next login easier; closing the account clears everything. The full phone number is not stored on the phone, nor is what “My data” shows.',
      ],
    },
    {
      heading: '4. Where it is stored, and for how long',
      paragraphs: [
        'The information is on servers of WeChat Cloud Development (Tencent Cloud) in mainland China, which stores and processes it on our behalf. Apart from this we give your personal information to no third party, unless the law requires it, and do not send it abroad.',
        'Logins: each login expires after 30 days and is extended while you use it; an account keeps at most the latest 10 logins, and a timer removes expired ones. Security records: kept for 180 days, then deleted by a timer. The times that limit how often something happens are not used after about an hour. When you change or remove your avatar the old picture is deleted; a timer deletes pictures whose upload failed or that were not used.',
        `Platform logs: the Cloud Development platform keeps run logs of cloud functions, with the time of each call and what the function answered. Answers contain the masked number, the nickname, the address of the avatar, ${content.name}, devices, security records, and login tokens and encrypted phone credentials that only your own WeChat account can use; the full phone number, openid and unionid are not in them in the clear. Only administrators can read the logs. They are kept for: 【how long function logs are kept】.`,
        `Account information and ${content.name}: kept until you delete them or close your account. After you close it, all logins end at once, and the account, the phone number, ${content.name} and the avatar are deleted and cannot be restored; a timer goes on with what could not be deleted in one go. A timer removes what identifies you from the security records (account number, IP address, source and device), usually within an hour; each record then holds only the act, its time, the outcome and the request number, and for acts of administrators the administrator’s name. There is also one record of the closing, without account number and IP address. They too are kept until 180 days have passed.`,
      ],
    },
    {
      heading: '5. Your rights',
      paragraphs: [
        'Access and copy: see in “Me – My data” what we store about you, and copy it with one tap; what is not listed is named there, with the reason.',
        'Correct: you can change nickname, avatar and phone number in “Me”; when your phone number has changed, tap “Change number” and authorize again.',
        `Delete: ${content.deletion}; nickname and avatar can be cleared in “Me”, and logins ended one by one in “Devices”.`,
        `Transfer: in “Me – Recover another account” you can move the account of another WeChat user with the same phone number here, and agree to or refuse what others ask of your account. After a transfer ${content.name}, nickname and avatar belong to the present account, the old account is closed at once, and the rest is handled as for a closed account.`,
        'Close: do it yourself in “Me – Close account”. It takes effect at once and cannot be undone; you can register again with the same WeChat account, which makes a new account. If you cannot do it yourself, contact 【contact】; we act and answer within 15 working days.',
        'Withdraw consent: you can log out and close your account. Deleting this mini program in WeChat clears your consent to its privacy guide. Withdrawing does not affect earlier processing, nor your browsing of the home page.',
        'Refuse to give a phone number: you can still browse; only features that need a login are not available.',
        'We make no decision with a major effect on you by automated means alone. If you are not satisfied with how we handle something, you can complain to the cyberspace administration or another authority.',
      ],
    },
    {
      heading: '6. Minors',
      paragraphs: [
        'This mini program is for adults. If you are under 18, use it with the guidance of a guardian; under 14, a guardian must read and agree before you log in. A guardian who finds that this did not happen can contact us, and we delete the information as soon as we can.',
      ],
    },
    {
      heading: '7. Changes and notices',
      paragraphs: [
        'When this policy changes in an important way, we update its version and ask for your consent again at your next login. If a security incident such as a leak of personal information happens, we inform you and the authorities as the law requires.',
      ],
    },
  ],
}
