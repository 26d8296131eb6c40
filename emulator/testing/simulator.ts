/** For tests that drive WeChat's page simulator more closely than {@link Phone} does. */
export type { DeviceClock } from './kit/simulator/device-clock.ts'
export { type CloudNetwork, cloudNetwork, offline, UNANSWERED } from './kit/simulator/network.ts'
export { type Element, everyElement, fire } from './kit/simulator/page-simulator.ts'
export { SimulatedDevice } from './kit/simulator/simulated-device.ts'
export { type ModuleCode, PHONE_GLOBALS, type SimulatedProgram } from './kit/simulator/simulated-program.ts'
