import { LIMITS } from '../limits.ts'
import { Instance } from './instance.ts'
import type { Launch } from './launch.ts'

/**
 * The instances of one function. A free one is used again, a busy moment starts more, and calls beyond the limit
 * wait their turn. Instances of older code, dead ones and long idle ones are ended.
 */
export class InstancePool {
  readonly #maximum: number
  readonly #instances = new Set<Instance>()
  readonly #free: Instance[] = []
  readonly #waiting: (() => void)[] = []
  readonly #idleTimers = new Map<Instance, NodeJS.Timeout>()

  constructor(maximum: number) {
    this.#maximum = maximum
  }

  /** A loaded instance of exactly this code. Rejects when the code cannot be loaded. */
  async acquire(launch: Launch): Promise<Instance> {
    for (;;) {
      const instance = this.#takeFree(launch.version)
      if (instance) return instance
      if (this.#instances.size < this.#maximum) return this.#add(launch)
      await new Promise<void>((resolve) => this.#waiting.push(resolve))
    }
  }

  /** Takes an instance back after an invocation. */
  release(instance: Instance): void {
    if (instance.alive && this.#instances.has(instance)) {
      this.#free.push(instance)
      const timer = setTimeout(() => this.#end(instance), LIMITS.functions.idleSeconds * 1000)
      this.#idleTimers.set(instance, timer.unref())
    } else {
      this.#end(instance)
    }
    this.#waiting.shift()?.()
  }

  /** Ends all instances; the next call starts cold. */
  clear(): void {
    for (const instance of [...this.#instances]) this.#end(instance)
  }

  /** Ends the instances that are in use. */
  clearBusy(): void {
    for (const instance of [...this.#instances]) if (!this.#free.includes(instance)) this.#end(instance)
  }

  get size(): number {
    return this.#instances.size
  }

  #takeFree(version: string): Instance | undefined {
    for (let instance = this.#free.pop(); instance; instance = this.#free.pop()) {
      clearTimeout(this.#idleTimers.get(instance))
      this.#idleTimers.delete(instance)
      if (instance.alive && instance.isCurrent(version)) return instance
      this.#end(instance)
    }
    return undefined
  }

  async #add(launch: Launch): Promise<Instance> {
    const instance = new Instance(launch)
    this.#instances.add(instance)
    try {
      await instance.loaded
      return instance
    } catch (error) {
      this.#end(instance)
      this.#waiting.shift()?.()
      throw error
    }
  }

  #end(instance: Instance): void {
    clearTimeout(this.#idleTimers.get(instance))
    this.#idleTimers.delete(instance)
    this.#instances.delete(instance)
    const index = this.#free.indexOf(instance)
    if (index >= 0) this.#free.splice(index, 1)
    instance.kill()
  }
}
