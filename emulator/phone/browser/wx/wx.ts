import type { WxModule } from '../../program/wx-module.ts'
import { accountApis } from './account.ts'
import type { WxApis, WxContext } from './api.ts'
import { audioApis } from './audio.ts'
import { baseApis } from './base.ts'
import { canIUse } from './can-i-use.ts'
import { canvasApis } from './canvas.ts'
import { chooseMediaApis } from './choose-media.ts'
import { clipboardApis } from './clipboard.ts'
import { cloudApis } from './cloud.ts'
import { createAnimation } from './create-animation.ts'
import { fileApis } from './files.ts'
import { fontApis } from './fonts.ts'
import { groupApis } from './group.ts'
import { interfaceApis } from './interface.ts'
import { locationApis } from './location.ts'
import { mapApis } from './map.ts'
import { mediaApis } from './media.ts'
import { isWechatName, WITHOUT_EFFECT } from './names.ts'
import { navigationApis } from './navigation.ts'
import { PictureSource } from './picture-source.ts'
import { privacyApis } from './privacy.ts'
import { projectApis } from './project-wx.ts'
import { requestApis } from './request.ts'
import { shareApis } from './share.ts'
import { socketApis } from './socket.ts'
import { storageApis } from './storage.ts'
import { subscribeApis } from './subscribe.ts'
import { systemApis } from './system.ts'
import { tabBarApis } from './tab-bar.ts'
import { timingApis } from './timing.ts'
import { withUnimplemented } from './unimplemented.ts'
import { videoApis } from './video.ts'
import { wechatPageApis } from './wechat-pages.ts'
import { apisWithoutEffect } from './without-effect.ts'
import { workletApis } from './worklet.ts'

/** Interfaces that base libraries before 2.21 do not have. */
const NEW_APIS = new Set([
  'getAppAuthorizeSetting',
  'getAppBaseInfo',
  'getDeviceInfo',
  'getPrivacySetting',
  'getSystemSetting',
  'getWindowInfo',
  'onNeedPrivacyAuthorization',
  'openPrivacyContract',
  'requirePrivacyAuthorize',
])

/** `wx`, and what stands behind its names. */
export interface CreatedWx {
  wx: WxApis
  /** The interfaces that do what WeChat's do. */
  implemented: WxApis
  /** Those that succeed and change nothing. */
  withoutEffect: WxApis
}

/**
 * Creates `wx`. An interface of WeChat's that the phone does not have is a function that fails with its name and is
 * reported. Any other name is undefined, as on a phone, and a mini-program may set it.
 * @param module interfaces of the project's own, which win over the phone's
 */
export function createWx(context: WxContext, module: WxModule = {}): CreatedWx {
  const { cloud, ...apis } = collectApis(context)
  const implemented = { ...apis, cloud }
  const isTaken = (name: string) => Object.hasOwn(implemented, name) || NEW_APIS.has(name)
  const withoutEffect = apisWithoutEffect(context.device.errors, isTaken)
  const isAbsent = (name: string) => NEW_APIS.has(name) || !isWechatName(name)
  const given = projectApis(module, { ...withoutEffect, ...apis }, context)
  const { errors } = context.device
  const cloudOrFailing = withUnimplemented('wx.cloud', cloud as WxApis, errors)
  const all = { ...withoutEffect, ...apis, cloud: cloudOrFailing, ...given }
  return { wx: withUnimplemented('wx', all, errors, isAbsent), implemented, withoutEffect }
}

function collectApis(context: WxContext): WxApis {
  const pictures = new PictureSource(context)
  const all: WxApis = {
    ...navigationApis(context),
    ...interfaceApis(context),
    ...tabBarApis(context),
    ...groupApis(context),
    ...shareApis(context),
    ...storageApis(context),
    ...fileApis(context),
    ...accountApis(context),
    ...subscribeApis(context),
    ...wechatPageApis(context),
    ...locationApis(context),
    ...chooseMediaApis(context),
    ...mediaApis(context, pictures),
    ...audioApis(context),
    ...videoApis(context),
    ...mapApis(context),
    ...canvasApis(context, pictures),
    ...requestApis(context),
    ...socketApis(context),
    ...fontApis(context),
    ...clipboardApis(context),
    ...systemApis(context),
    ...timingApis(),
    ...privacyApis(context),
    createAnimation,
    worklet: withUnimplemented('wx.worklet', workletApis(context.device.errors), context.device.errors),
    cloud: cloudApis(context),
  }
  const { oldLibrary } = context.device.settings.current
  const apis = Object.fromEntries(Object.entries(all).filter(([name]) => !oldLibrary || !NEW_APIS.has(name)))
  const whole: WxApis = { ...apis, ...baseApis(context, (schema) => canIUse(known, schema)) }
  const known: WxApis = {
    ...Object.fromEntries(WITHOUT_EFFECT.map((name) => [name, () => undefined])),
    ...whole,
  }
  return whole
}
