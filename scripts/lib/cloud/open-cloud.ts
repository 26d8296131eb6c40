import { type Cloud, type CloudOptions, type Pages, startCloud } from 'wechat-cloud-emulator'
import { explainFailedStart, readPort } from 'wechat-cloud-emulator/cli'
import { NOTHING_PACKAGED } from '../build/build-functions.ts'
import { localSecrets } from '../keys/local-secrets.ts'
import { fail, projectPath } from '../project.ts'
import { FIGURES } from './figures.ts'

export interface OpenCloudOptions {
  dataDirectory: string
  port: number
  functionsDirectory?: string
  pages?: Pages
  /** What administrators do in the console. */
  operations?: CloudOptions['operations']
  /** Example data that the console loads. */
  example?: CloudOptions['example']
}

/** Starts the embedded cloud for a command. An error ends the program with one line. */
export async function openCloud(options: OpenCloudOptions): Promise<Cloud> {
  try {
    const cloudOptions: CloudOptions = {
      dataDirectory: options.dataDirectory,
      port: options.port,
      projectDirectory: projectPath('.'),
      functionsDirectory: options.functionsDirectory ?? projectPath('dist/cloudfunctions'),
      variables: { ...NOTHING_PACKAGED, ...localSecrets(options.dataDirectory) },
      figures: FIGURES,
      ...(options.operations ? { operations: options.operations } : {}),
      ...(options.example ? { example: options.example } : {}),
      ...(options.pages ? { pages: options.pages } : {}),
    }
    return await startCloud(cloudOptions)
  } catch (error) {
    fail(explainFailedStart(error, options))
  }
}

/** @returns a port number, or ends the program */
export function parsePort(text: string): number {
  try {
    return readPort(text)
  } catch (error) {
    fail((error as Error).message)
  }
}
