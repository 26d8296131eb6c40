import { rmSync } from 'node:fs'
import type { ProjectCloud } from '../../project-cloud.ts'
import type { MiniProgramUnderTest } from '../mini-program-under-test.ts'
import type { Patience } from '../patience.ts'
import type { PhoneMaker } from '../phones.ts'
import { type CompiledForSimulator, compileProgram } from './compile-program.ts'
import { SimulatedPhone } from './simulated-phone.ts'

/** Makes phones in WeChat's page simulator. */
export class SimulatedPhones implements PhoneMaker {
  readonly #cloud: ProjectCloud
  readonly #program: MiniProgramUnderTest
  readonly #patience: Patience
  readonly #phones: SimulatedPhone[] = []
  #compiled: Promise<CompiledForSimulator> | undefined

  constructor(cloud: ProjectCloud, program: MiniProgramUnderTest, patience: Patience) {
    this.#cloud = cloud
    this.#program = program
    this.#patience = patience
  }

  make(openid: string): SimulatedPhone {
    const phone = new SimulatedPhone({
      openid,
      cloud: this.#cloud,
      patience: this.#patience,
      program: () => {
        this.#compiled ??= compileProgram(this.#program.options)
        return this.#compiled
      },
      checkPage: (url) => this.#program.checkPage(url),
    })
    this.#phones.push(phone)
    return phone
  }

  async followClock(): Promise<void> {
    for (const phone of this.#phones) await phone.followClock()
  }

  async reset(): Promise<void> {
    for (const phone of this.#phones) phone.close()
  }

  async stop(): Promise<void> {
    await this.reset()
    const compiled = await this.#compiled?.catch(() => undefined)
    if (compiled) rmSync(compiled.root, { recursive: true, force: true })
    this.#program.remove()
  }
}
