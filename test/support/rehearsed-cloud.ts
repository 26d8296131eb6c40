import { type Cloud, startCloud } from 'wechat-cloud-emulator'
import { ControlClient } from 'wechat-cloud-emulator/control'
import { NOTHING_PACKAGED } from '../../scripts/lib/build/build-functions.ts'
import { ensureCollections } from '../../scripts/lib/cloud/ensure-collections.ts'
import { localSecrets } from '../../scripts/lib/keys/local-secrets.ts'
import { projectPath } from '../../scripts/lib/project.ts'
import { ProjectCopy } from './project-copy.ts'

/** A copy of the project and its running cloud, on which its commands and documents are rehearsed. */
export interface RehearsedCloud {
  project: ProjectCopy
  cloud: Cloud
  control: ControlClient
  /** Of the cloud, as `--port` takes it. */
  port: string
  stop: () => Promise<void>
}

export async function startRehearsedCloud(): Promise<RehearsedCloud> {
  const project = new ProjectCopy()
  const dataDirectory = project.path('.cloud')
  const cloud = await startCloud({
    dataDirectory,
    functionsDirectory: projectPath('dist/cloudfunctions'),
    outlivesMachine: false,
    variables: { ...NOTHING_PACKAGED, ...localSecrets(dataDirectory) },
  })
  ensureCollections(cloud)
  const stop = async () => {
    await cloud.close()
    project.remove()
  }
  const { controlUrl } = cloud
  return { project, cloud, control: new ControlClient(controlUrl), port: new URL(controlUrl).port, stop }
}
