import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Cloud, startCloud } from '../cloud/cloud.ts'
import type { CloudOptions } from '../cloud/cloud-options.ts'
import type { CallResult } from '../control/calls.ts'
import { ControlClient } from '../control/client.ts'
import type { LoggedCall } from '../control/interface.ts'
import { TestCollection } from './test-collection.ts'

export type TestCloudOptions = Partial<CloudOptions> & Pick<CloudOptions, 'functionsDirectory'>

/** A cloud of a test's own. */
export abstract class TestCloud {
  readonly cloud: Cloud
  readonly control: ControlClient
  /** The data folder, which `stop` removes. */
  readonly directory: string

  protected constructor(cloud: Cloud, directory: string) {
    this.cloud = cloud
    this.control = new ControlClient(cloud.controlUrl)
    this.directory = directory
  }

  async stop(): Promise<void> {
    await this.cloud.close()
    rmSync(this.directory, { recursive: true, force: true })
  }

  /** A tap on the phone button, allowed. */
  async phoneCode(openid: string, phoneNumber?: string): Promise<string> {
    const tap = phoneNumber === undefined ? { openid } : { openid, phoneNumber }
    return (await this.control.post('phone-code', tap)).code
  }

  /** Calls a function as the mini-program of this person; without an openid, as the console does. */
  invoke(name: string, openid: string | undefined, data: unknown): Promise<CallResult> {
    return this.control.post('invoke', { function: name, data, ...(openid === undefined ? {} : { openid }) })
  }

  /** A collection, to be read and written past all permissions. It need not exist. */
  collection(name: string): TestCollection {
    return new TestCollection(this.cloud, name)
  }

  /** The documents of a collection, as they are stored. @param filter a MongoDB query; by default all of them */
  documents(collection: string, filter: Record<string, unknown> = {}): Record<string, unknown>[] {
    return this.cloud.database.documents(collection, { filter })
  }

  /**
   * What functions print and fail with from now on, unmasked, as the real cloud would keep it. The list of calls cannot show
   * whether a function keeps secrets to itself, since the emulator masks them there.
   * @returns a list that grows
   */
  printedFromNow(): string[] {
    const texts: string[] = []
    this.cloud.callLog.onPrinted((text) => texts.push(text))
    return texts
  }

  /** How many round trips of one call wait for one another. */
  async sequentialRoundTrips(call: () => Promise<unknown>): Promise<number> {
    await call()
    return (await this.lastCall()).sequentialRoundTrips
  }

  /** The latest call in the log. */
  async lastCall(): Promise<LoggedCall> {
    const { calls } = await this.control.get('calls?limit=1')
    const [call] = calls
    if (!call) throw new Error('no call yet')
    return call
  }
}

/**
 * Starts a cloud that does not wait for the disk, on an empty data folder unless the options name one.
 * @returns the cloud and its data folder
 */
export async function startTestCloud(options: TestCloudOptions): Promise<[Cloud, string]> {
  const dataDirectory = options.dataDirectory ?? mkdtempSync(join(tmpdir(), 'cloud-'))
  return [await startCloud({ outlivesMachine: false, ...options, dataDirectory }), dataDirectory]
}
