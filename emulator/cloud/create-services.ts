import { randomBytes } from 'node:crypto'
import { existsSync, realpathSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { OpenApiName } from '../sdk-types/openapi.d.ts'
import { CallLog } from './call-log.ts'
import { Clock } from './clock.ts'
import type { CloudOptions } from './cloud-options.ts'
import type { CloudServices } from './cloud-services.ts'
import { CopiedTests } from './copied-test/copied-tests.ts'
import { ClientDatabase } from './database/client-database.ts'
import { Database } from './database/database.ts'
import { EventBus } from './event-bus.ts'
import { Example } from './example/example.ts'
import { openSeparate, type StartCloud } from './example/separate-cloud.ts'
import { Faults } from './faults.ts'
import { CloudFigures } from './figures/figures.ts'
import { Follow } from './follow/follow.ts'
import { ErrorLocator } from './functions/errors/error-locator.ts'
import { FunctionCatalog } from './functions/function-catalog.ts'
import { Functions } from './functions/functions.ts'
import { Inspector } from './functions/inspect/inspector.ts'
import { StoppedTime } from './functions/inspect/stopped-time.ts'
import type { InstancePrograms } from './functions/instance-programs.ts'
import { Launcher } from './functions/launcher.ts'
import { NodeChoice } from './functions/node/node-choice.ts'
import { FunctionPackages } from './functions/packages/function-packages.ts'
import { HttpAccess } from './http-access/http-access.ts'
import { KnownSecrets } from './masking/known-secrets.ts'
import { Masking } from './masking/masking.ts'
import { Notes } from './notes.ts'
import { statelessAnswers } from './openapi/answers/answers.ts'
import { projectAnswers } from './openapi/answers/project-answers.ts'
import { CloudIds } from './openapi/cloud-ids.ts'
import { getPhoneNumber } from './openapi/get-phone-number.ts'
import { LaunchLinks } from './openapi/launch-links.ts'
import { codeToSession, LoginCodes } from './openapi/login-codes.ts'
import { messageSecurityCheck } from './openapi/message-security-check.ts'
import { OpenApi, type OpenApiHandler } from './openapi/openapi.ts'
import { PhoneCodes } from './openapi/phone-codes.ts'
import { Subscriptions, sendSubscribeMessage } from './openapi/subscriptions.ts'
import { WechatUsers } from './openapi/wechat-users.ts'
import { Operations } from './operations/operations.ts'
import { PageErrors } from './page-errors.ts'
import { EnvironmentPermissions } from './permissions/environment-permissions.ts'
import { Scheduler } from './scheduler/scheduler.ts'
import { ClientStorage } from './storage/client-storage.ts'
import { FileServer } from './storage/file-server.ts'
import { Files } from './storage/files.ts'
import { Signer } from './storage/signature.ts'
import { Storage } from './storage/storage.ts'
import { StorageGuard } from './storage/storage-guard.ts'
import type { Store } from './store.ts'
import { AllowedHosts } from './web/allowed-hosts.ts'
import { WebGateway } from './web/gateway.ts'
import { WebRequestLog } from './web/request-log.ts'
import { SocketGateway } from './web/socket-gateway.ts'
import { SdkEndpoint } from './wire/sdk-endpoint.ts'

interface Foundations {
  store: Store
  /** The address of the cloud's server, without a slash at the end. */
  baseUrl: string
  programs: InstancePrograms
  /** Starts another cloud with these options. */
  startCloud: StartCloud
}

/** Creates every service of a cloud and hands each the others that it needs. */
export function createServices(
  options: CloudOptions,
  { store, baseUrl, programs, startCloud }: Foundations,
): CloudServices {
  const { appid = 'wx0000000000local', environmentId = 'local-cloud' } = options
  const settings = store.table<number | string | string[]>('settings')
  const clock = new Clock(Number(settings.get('clockOffset') ?? 0), (offset) =>
    store.write(() => settings.putSync('clockOffset', offset)),
  )
  const events = new EventBus()
  const faults = new Faults()
  const stoppedTime = new StoppedTime(() => events.emit('machine'))
  const inspector = options.inspectorPort === undefined ? undefined : new Inspector(stoppedTime)
  const figures = new CloudFigures(store, clock, options.figures)
  const notes = new Notes(events, options.onNote)
  const permissions = new EnvironmentPermissions({
    store,
    permissions: options.permissions,
    file: options.permissionsFile,
    onProblem: (message) => notes.add({ message }),
  })
  const follow = Follow.read(options.follow)
  for (const question of follow.unfollowed) notes.add({ message: unfollowedText(question) })
  const database = new Database({
    store,
    clock,
    maximumScannedDocuments: options.maximumScannedDocuments,
    declaredPermission: (name) => permissions.declaredFor(name),
    makesMissingCollections: options.makesMissingCollections,
    onMissingCollection: (name, isMade) => {
      notes.add({ message: isMade ? madeCollectionText(name) : missingCollectionText(name) })
      events.emit('database')
    },
    stoppedMilliseconds: () => stoppedTime.milliseconds,
    behaviours: follow.behaviours,
  })
  permissions.attach(database)
  const clientDatabase = new ClientDatabase(database)
  const users = new WechatUsers(store, clock, events)
  const phoneCodes = new PhoneCodes(store, clock)
  const cloudIds = new CloudIds(clock)
  const loginCodes = new LoginCodes(clock)
  const subscriptions = new Subscriptions(store, clock, events)
  const launchLinks = new LaunchLinks(store, clock, events)
  const allowedHosts = new AllowedHosts(store, settings, options.allowedHosts)
  const webRequests = new WebRequestLog(events)
  const answers = {
    ...statelessAnswers(users, launchLinks),
    'auth.code2Session': codeToSession(loginCodes),
    'phonenumber.getPhoneNumber': getPhoneNumber(phoneCodes),
    'security.msgSecCheck': messageSecurityCheck(users),
    'subscribeMessage.send': sendSubscribeMessage(subscriptions),
  } satisfies Record<OpenApiName, OpenApiHandler>
  const openapi = new OpenApi({
    handlers: { ...answers, ...projectAnswers(options.openapi ?? {}) },
    cloudIds,
    clock,
    appid,
  })
  const storageGuard = new StorageGuard(() => permissions.storage, clock)
  const files = new Files({ store, clock, events, guard: storageGuard })
  const signer = new Signer(randomBytes(32))
  const storage = new Storage({ files, signer, clock, environmentId, filesUrl: `${baseUrl}/files` })
  const clientStorage = new ClientStorage(storage)
  const catalog = new FunctionCatalog(options.functionsDirectory, {
    ...(options.functions ? { settings: options.functions } : {}),
    ...(options.projectDirectory ? { projectDirectory: options.projectDirectory } : {}),
  })
  const variables = options.variables ?? {}
  const known = new KnownSecrets({ users, phoneCodes, loginCodes, cloudIds, events })
  const variablesOf = (name: string) => ({ ...variables, ...catalog.find(name)?.variables })
  const callLog = new CallLog(events, new Masking({ known, variablesOf }))
  callLog.onEnd((call) => figures.recordCall(call))
  const packages = new FunctionPackages({
    directory: options.packagesDirectory ?? join(options.dataDirectory, 'packages'),
    installsMissing: options.installsMissingPackages ?? false,
    catalog,
  })
  const platform = { sdkUrl: `${baseUrl}/admin`, environmentId }
  const nodes = new NodeChoice({
    projectDirectory: options.projectDirectory ?? options.functionsDirectory,
    fixed: options.nodeExecutable,
  })
  const launcher = new Launcher({
    platform,
    network: { guard: programs.networkGuard, allowedHosts: options.allowedHosts ?? [] },
    packages,
    notes,
    programs,
    compiledDirectory: join(options.dataDirectory, 'compiled'),
    variables,
    nodes,
    stoppedTime,
    ...(inspector ? { inspector } : {}),
  })
  // A debugger at one address wants one process.
  const maximumInstances = inspector ? 1 : options.maximumInstances
  const errorLocator = new ErrorLocator({
    projectDirectory: realPath(options.projectDirectory ?? options.functionsDirectory),
    ignored: [...Object.values(programs), join(options.dataDirectory, 'compiled')].map(realPath),
  })
  const functions = new Functions({
    catalog,
    errorLocator,
    clock,
    callLog,
    faults,
    platform,
    launcher,
    ...(maximumInstances === undefined ? {} : { maximumInstances }),
  })
  const operations = new Operations({
    settings: options.operations,
    figures: options.figures,
    functions,
    clock,
    appid,
  })
  const example = new Example({
    settings: options.example,
    store,
    clock,
    database,
    files,
    users,
    figures,
    events,
    open: () => openSeparate(startCloud, options, permissions.all(), 'example'),
  })
  const copiedTests = new CopiedTests({
    callLog,
    database,
    faults,
    phoneCodes,
    isPerson: (openid) => users.find(openid) !== undefined,
    open: () => openSeparate(startCloud, options, permissions.all(), 'copied-test'),
  })
  const scheduler = new Scheduler(functions)
  const sdkEndpoint = new SdkEndpoint({
    database,
    functions,
    openapi,
    storage,
    faults,
    events,
    appid,
    notes,
    environmentId,
    follow,
  })
  const httpAccess = new HttpAccess({ catalog, functions, appid, environmentId })
  const fileServer = new FileServer(files, signer, clock)
  return {
    appid,
    clock,
    events,
    callLog,
    copiedTests,
    figures,
    operations,
    example,
    database,
    clientDatabase,
    permissions,
    notes,
    pageErrors: new PageErrors(clock),
    catalog,
    packages,
    nodes,
    functions,
    stoppedTime,
    ...(inspector ? { inspector } : {}),
    openapi,
    users,
    phoneCodes,
    cloudIds,
    files,
    storage,
    clientStorage,
    loginCodes,
    subscriptions,
    launchLinks,
    allowedHosts,
    webRequests,
    webGateway: new WebGateway({ hosts: allowedHosts, log: webRequests, loginCodes, appid }),
    socketGateway: new SocketGateway(allowedHosts, webRequests),
    faults,
    scheduler,
    sdkEndpoint,
    httpAccess,
    fileServer,
  }
}

/** As Node names files in stacks. */
function realPath(path: string): string {
  const absolute = resolve(path)
  return existsSync(absolute) ? realpathSync(absolute) : absolute
}

function unfollowedText(question: string): string {
  return `云端与模拟器不同，但模拟器不会照做：${question} · the cloud differs, and the emulator cannot follow it`
}

function madeCollectionText(name: string): string {
  return (
    `没有集合 ${name}，已在本机建好；云端不会自动建，上线前请在云开发控制台新建 · made here; the platform makes none: ` +
    'create it in the cloud console'
  )
}

function missingCollectionText(name: string): string {
  return (
    `没有集合 ${name}，云端也不会自动建：在控制台的“数据库”里新建，或用 --permission ${name}=PRIVATE 启动，或写进 ` +
    'emulator.config 的 collections · there is no such collection, and the platform makes none'
  )
}
