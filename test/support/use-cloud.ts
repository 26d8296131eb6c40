import { afterAll, beforeAll } from 'vitest'
import { CloudKit, type KitOptions } from './cloud-kit.ts'
import { TestUser } from './test-user.ts'

export interface FileCloud {
  readonly kit: CloudKit
  /** A user whom no other test of the file has met, and whom the cloud does not know yet. */
  newUser(): TestUser
}

/** Starts one cloud before the tests of the file and stops it after the last. */
export function useCloud(options: KitOptions = {}): FileCloud {
  let kit: CloudKit | undefined
  let users = 0
  beforeAll(async () => {
    kit = await CloudKit.start(options)
  })
  afterAll(() => kit?.stop())
  return {
    get kit() {
      if (!kit) throw new Error('the cloud starts before the first test')
      return kit
    },
    newUser() {
      users += 1
      return new TestUser(this.kit, `oPerson-${users}`)
    },
  }
}
