import { succeeded } from '../support/cloud-kit.ts'
import type { PhoneOwner } from './phone-owner.ts'
import type { Scenario } from './scenario.ts'
import { loggedInAt, tap, toasted } from './ui-steps.ts'

interface OwnedPage {
  /** The function, with its collection of the same name. */
  function: string
  /** The page's own name. */
  page: string
  /** What leads to it from the account page. */
  link: string
  /** Of a document, as `save` takes them. One of them is a text that the page shows. */
  fields: Readonly<Record<string, unknown>>
  texts: { empty: string; saved?: string }
  /** Fills in what `.save` of this page saves. Absent where documents are saved on another page. */
  fill?(owner: PhoneOwner): void
}

/** Saving, seeing and removing on a page as `npm run new -- page` makes it for an owned collection. */
export function ownedPageScenarios(owned: OwnedPage): readonly Scenario[] {
  const { function: name, page, link, fields, texts, fill } = owned
  const save = async ({ user, token }: PhoneOwner) => {
    succeeded(await user.call(name, { action: 'save', token, key: 'the-same-key', ...fields }))
  }
  const shown = Object.values(fields).filter((value) => typeof value === 'string')
  const saving: Scenario = {
    name: `saving on the page ${page}`,
    of: [`${name} save`],
    prepare: async (owner) => {
      await loggedInAt(owner, page)
      fill?.(owner)
    },
    act: tap('.save'),
    isShown: toasted(texts.saved ?? ''),
    isTrue: (owner) => owner.documents(name).length === 1,
  }
  return [
    ...(fill ? [saving] : []),
    {
      name: `seeing the page ${page}`,
      of: [`${name} list`],
      prepare: async (owner) => {
        await loggedInAt(owner, 'account')
        await save(owner)
      },
      act: tap(link),
      isShown: ({ phone }) => phone.route === page && shown.every((text) => phone.text.includes(text)),
    },
    {
      name: `removing on the page ${page}`,
      of: [`${name} remove`],
      prepare: async (owner) => {
        await owner.wasLoggedIn()
        await save(owner)
        await owner.open(page)
      },
      act: async (owner) => {
        await tap('.remove')(owner)
        // The time to undo it.
        owner.phone.clock.runOut()
      },
      isShown: ({ phone, screen }) => phone.text.includes(texts.empty) && screen.messages.length === 0,
      isTrue: (owner) => owner.documents(name).length === 0,
    },
  ]
}
