import { afterAll, afterEach, beforeAll } from 'vitest'
import { PhoneKit } from './phone-kit.ts'
import { WrittenMiniProgram } from './written-mini-program.ts'

export interface UsedMiniProgram {
  readonly program: WrittenMiniProgram
  readonly kit: PhoneKit
}

/** A mini-program that the test writes, on phones of one cloud, for the tests of a file. A test fails for errors on a phone. */
export function useMiniProgram(files: ConstructorParameters<typeof WrittenMiniProgram>[0]): UsedMiniProgram {
  const program = new WrittenMiniProgram(files)
  let kit: PhoneKit
  beforeAll(async () => {
    kit = await PhoneKit.start(program.directory)
  })
  afterEach(() => kit.finish())
  afterAll(async () => {
    await kit.stop()
    program.remove()
  })
  return {
    program,
    get kit() {
      return kit
    },
  }
}
