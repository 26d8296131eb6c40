import { afterAll, afterEach, beforeAll } from 'vitest'
import { type AppOptions, type RunningProject, startApp } from './start-app.ts'

/**
 * The app for the tests of a file, with phones in WeChat's page simulator by default. Each test finds it without data, and
 * its phones new.
 */
export function useProject(options: AppOptions = {}): RunningProject {
  let app: RunningProject | undefined
  const running = () => {
    if (!app) throw new Error('the project starts before the first test')
    return app
  }
  beforeAll(async () => {
    app = await startApp(options)
    if (options.phone === undefined) {
      const { project } = app
      // Compiles the mini-program and loads the simulator, for which the first test need not wait.
      await project.phone.open()
      await project.reset()
    }
  }, 90_000)
  afterEach(() => app?.project.reset())
  afterAll(() => app?.project.stop())
  return {
    get project() {
      return running().project
    },
    get variables() {
      return running().variables
    },
  }
}
