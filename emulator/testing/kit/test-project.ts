import type { ProjectSettings } from '../../cli/project-settings.ts'
import { makeCollections } from '../../cloud/make-collections.ts'
import type { ProjectCloud } from '../project-cloud.ts'
import type { Patience } from './patience.ts'
import type { Phone } from './phone.ts'
import { type PhoneMaker, Phones } from './phones.ts'
import { TestClock } from './test-clock.ts'
import { TestFaults } from './test-faults.ts'

interface Parts {
  cloud: ProjectCloud
  maker: PhoneMaker
  settings: ProjectSettings
  patience: Patience
  openid: string
  keepInstances: boolean
}

/** A WeChat project under test: its cloud, and phones with its mini-program. */
export class TestProject {
  readonly cloud: ProjectCloud
  readonly clock: TestClock
  readonly faults: TestFaults
  /** Of people besides the tester. */
  readonly phones: Phones
  /** For how long phones wait from now on. */
  readonly patience: Patience
  readonly #maker: PhoneMaker
  readonly #settings: ProjectSettings
  readonly #openid: string
  readonly #keepInstances: boolean

  constructor({ cloud, maker, settings, patience, openid, keepInstances }: Parts) {
    this.cloud = cloud
    this.clock = new TestClock(cloud, () => maker.followClock())
    this.faults = new TestFaults(cloud)
    this.phones = new Phones(cloud, maker)
    this.patience = patience
    this.#maker = maker
    this.#settings = settings
    this.#openid = openid
    this.#keepInstances = keepInstances
  }

  /** The tester's own phone. */
  get phone(): Phone {
    return this.phones.get(this.#openid)
  }

  /** As if never used, for the next test: no phones, no data, no people, no faults, the machine's time. */
  readonly reset = async (): Promise<void> => {
    await this.#maker.reset()
    await this.faults.clear()
    await this.cloud.control.post('reset', { keepInstances: this.#keepInstances })
    await this.cloud.control.post('clock', { reset: true })
    makeCollections(this.cloud.cloud, this.#settings.collections)
  }

  /** Ends browser, functions and cloud, and removes the data. */
  readonly stop = async (): Promise<void> => {
    try {
      await this.#maker.stop()
    } finally {
      await this.cloud.stop()
    }
  }
}
