import { readFileSync, writeFileSync } from 'node:fs'
import type { Answers } from '../core/answer.ts'

/** What the emulator answers, as it is committed. */
export const EMULATOR_HALF = 'parity/answers/emulator.json'

/** What the browser phone answers. */
export const PHONE_HALF = 'parity/answers/phone.json'

/** What a real cloud has answered, and a real phone, once somebody has asked them. */
export const CLOUD_HALF = 'parity/answers/cloud.json'
export const DEVICE_HALF = 'parity/answers/device.json'

/** @param file absolute */
export function readHalf(file: string): Answers {
  const content = JSON.parse(readFileSync(file, 'utf8')) as Answers & { kind?: unknown; answers?: Answers }
  return content.kind === 'parity-phone' ? (content.answers ?? {}) : content
}

/** One line a question, so that a change shows. */
export function halfText(answers: Answers): string {
  const lines = Object.entries(answers).map(
    ([name, answer]) => `  ${JSON.stringify(name)}: ${JSON.stringify(answer)}`,
  )
  return `{\n${lines.join(',\n')}\n}\n`
}

export function writeHalf(file: string, answers: Answers): void {
  writeFileSync(file, halfText(answers))
}
