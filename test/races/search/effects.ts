import type { Document } from 'wechat-cloud-emulator/testing'
import type { Action } from './action.ts'
import { applyRequest } from './apply-request.ts'
import { isRead } from './independence.ts'
import type { RaceUser } from './race-user.ts'
import { type ActionRequest, answerDigest, EDIT } from './request.ts'
import { collectionDigest, type Stored, storedDigest } from './stored.ts'

/** What a request leaves stored, and what it is answered. */
interface Effect {
  stored: Stored
  answer: string
}

/** The same of the one collection that a request concerns. */
interface CollectionEffect {
  documents: readonly Document[]
  answer: string
}

/**
 * The effects of requests on what is stored. An effect depends on the request and on the documents of its collection
 * alone. So the same request is applied once to the same documents, whichever action issues it.
 */
export class Effects {
  readonly #effectsOnCollections = new Map<string, CollectionEffect>()
  readonly #effectsOnAll = new Map<string, Effect>()
  readonly #acceptedTokens = new Map<string, boolean>()
  /** One array for equal documents, however often they are read. */
  readonly #interned = new Map<string, readonly Document[]>()

  /** @param user whose cloud applies the request, if it was never applied to these documents */
  async apply(user: RaceUser, action: Action, request: ActionRequest, stored: Stored): Promise<Effect> {
    const collection = collectionOf(request)
    if (collection === undefined) return this.#applyToAll(user, action, request, stored)
    const documents = stored.get(collection) ?? []
    const key = `${collectionDigest(documents)} ${request.fingerprint}`
    const known = this.#effectsOnCollections.get(key)
    const effect = known ?? (await this.#applyToCollection(user, action, request, { collection, documents }))
    this.#effectsOnCollections.set(key, effect)
    if (effect.documents === documents) return { stored, answer: effect.answer }
    return { stored: new Map(stored).set(collection, effect.documents), answer: effect.answer }
  }

  async #applyToCollection(
    user: RaceUser,
    action: Action,
    request: ActionRequest,
    { collection, documents }: { collection: string; documents: readonly Document[] },
  ): Promise<CollectionEffect> {
    const { cloudDocuments } = user
    cloudDocuments.restoreCollection(collection, documents)
    const answer = answerDigest(request, await applyRequest(user, action, request))
    if (isRead(request)) return { documents, answer }
    return { documents: this.#intern(cloudDocuments.readCollection(collection)), answer }
  }

  async #applyToAll(user: RaceUser, action: Action, request: ActionRequest, stored: Stored): Promise<Effect> {
    const key = `${storedDigest(stored)} ${request.action === EDIT.action ? action.name : request.fingerprint}`
    const known = this.#effectsOnAll.get(key)
    if (known) return known
    user.cloudDocuments.restore(stored)
    const answer = answerDigest(request, await applyRequest(user, action, request))
    const effect = { stored: this.#internAll(user.cloudDocuments.read()), answer }
    this.#effectsOnAll.set(key, effect)
    return effect
  }

  /** Whether `checkToken` accepts a token when this is stored. */
  async acceptsToken(user: RaceUser, token: string, stored: Stored): Promise<boolean> {
    const key = `${storedDigest(stored)} ${token}`
    const known = this.#acceptedTokens.get(key)
    if (known !== undefined) return known
    user.cloudDocuments.restore(stored)
    const isAccepted = await user.checkToken(token)
    this.#acceptedTokens.set(key, isAccepted)
    return isAccepted
  }

  #internAll(stored: Stored): Stored {
    return new Map([...stored].map(([name, documents]) => [name, this.#intern(documents)]))
  }

  #intern(documents: readonly Document[]): readonly Document[] {
    const key = collectionDigest(documents)
    const interned = this.#interned.get(key) ?? documents
    this.#interned.set(key, interned)
    return interned
  }
}

/** The only collection that a request reads or writes. Undefined if it may concern others too. */
function collectionOf({ action, fields }: ActionRequest): string | undefined {
  const name = fields['collectionName']
  const mayJoin = action.includes('aggregate')
  return typeof name === 'string' && !mayJoin ? name : undefined
}
