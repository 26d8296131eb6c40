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
  fill?(owner: PhoneOwner): Promise<void>
}

/** Saving, seeing and removing on a page as `npm run new -- page` makes it for an owned collection. */
export function ownedPageScenarios(owned: OwnedPage): readonly Scenario[] {
  const { function: name, page, link, fields, texts, fill } = owned
  const save = async ({ user }: PhoneOwner) => {
    succeeded(await user.call(name, { action: 'save', token: user.token, key: 'the-same-key', ...fields }))
  }
  const shown = Object.values(fields).filter((value) => typeof value === 'string')
  const saving: Scenario = {
    name: `saving on the page ${page}`,
    of: [`${name} save`],
    prepare: async (owner) => {
      await loggedInAt(owner, page)
      await fill?.(owner)
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
      isShown: (screen) => screen.page === page && shown.every((text) => screen.text.includes(text)),
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
        await owner.app.project.clock.advance('9 s')
      },
      isShown: ({ text, messages }) => text.includes(texts.empty) && messages.length === 0,
      isTrue: (owner) => owner.documents(name).length === 0,
    },
  ]
}
