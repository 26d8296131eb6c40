import { EMULATOR_HALF, readHalf } from '../../../parity/record/emulator-half.ts'
import { runLocally } from '../../lib/parity/run-local.ts'
import { projectPath } from '../../lib/project.ts'

/** How the parity function ran under one Node. */
export interface ParityCheck {
  /** Questions that it answered. */
  answered: number
  /** Those that it answers otherwise than is committed, which the Node decides. */
  unlike: string[]
  /** Why it did not run to its end. */
  failure?: string
}

/** Runs the function `parity` on the emulator, part by part. */
export async function checkParity(nodeExecutable: string): Promise<ParityCheck> {
  try {
    const { answers } = await runLocally({ nodeExecutable })
    const committed = readHalf(projectPath(EMULATOR_HALF))
    const names = Object.keys(answers)
    const unlike = names.filter((name) => JSON.stringify(answers[name]) !== JSON.stringify(committed[name]))
    return { answered: names.length, unlike }
  } catch (error) {
    return { answered: 0, unlike: [], failure: (error as Error).message }
  }
}
