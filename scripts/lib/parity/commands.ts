import { CATALOGUE } from '../../../parity/catalogue.ts'
import { countQuestions } from '../../../parity/record/counts.ts'
import { EMULATOR_HALF, halfText, readHalf, writeHalf } from '../../../parity/record/emulator-half.ts'
import { projectPath } from '../project.ts'
import { runLocally } from './run-local.ts'

/** `npm run parity -- local`. @param isWriting whether the committed answers are replaced */
export async function runLocal(isWriting: boolean): Promise<void> {
  const { answers, parts, longestMilliseconds } = await runLocally()
  const file = projectPath(EMULATOR_HALF)
  const known = isWriting ? {} : readHalf(file)
  if (isWriting) writeHalf(file, answers)
  else {
    for (const { name } of CATALOGUE) {
      if (JSON.stringify(known[name]) !== JSON.stringify(answers[name])) console.log(`≠ ${name}`)
    }
    if (halfText(known) !== halfText(answers))
      console.log(`与 ${EMULATOR_HALF} 不同 · not as committed: npm run parity -- local --write`)
  }
  for (const line of parts.flatMap(({ notRemoved }) => notRemoved)) console.log(`! ${line}`)
  const bytes = Math.max(...parts.map((part) => JSON.stringify(part).length))
  console.log(
    `${parts.length} 段 parts, ≤ ${(longestMilliseconds / 1000).toFixed(1)} s, ≤ ${(bytes / 1024).toFixed(0)} KB`,
  )
  console.log(JSON.stringify(countQuestions(CATALOGUE, answers)))
}
