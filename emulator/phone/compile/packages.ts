/** A subpackage (分包) of app.json. */
export interface Subpackage {
  /** Its folder below the mini-program's, with a slash at the end. */
  root: string
  /** Alias that `preloadRule` may use in place of the root. */
  name: string | undefined
  /** Runs without the main package (独立分包). */
  isIndependent: boolean
  /** Paths from the mini-program's folder. */
  pages: readonly string[]
}

/** The packages of a mini-program. WeChat downloads each by itself, so a file cannot refer to every other one. */
export class Packages {
  readonly subpackages: readonly Subpackage[]

  constructor(subpackages: readonly Subpackage[]) {
    this.subpackages = subpackages
  }

  /** The subpackage that a file or page belongs to; undefined for the main package. */
  packageOf(path: string): Subpackage | undefined {
    return this.subpackages.find(({ root }) => path.startsWith(root))
  }

  /**
   * Why one file may not refer to another (分包的引用原则); undefined if it may. A subpackage may use the main package
   * unless it is independent. The main package may use no subpackage, and a subpackage no other.
   * Source: https://developers.weixin.qq.com/miniprogram/dev/framework/subpackages/basic.html
   */
  refusal(from: string, to: string): string | undefined {
    const [source, target] = [this.packageOf(from), this.packageOf(to)]
    if (source === target) return undefined
    if (target !== undefined) {
      const user = source === undefined ? '主包' : `分包 ${source.root}`
      return `${user} 不能引用分包 ${target.root} 的 ${to}：微信分别下载它们`
    }
    return source?.isIndependent ? `独立分包 ${source.root} 不能引用主包的 ${to}` : undefined
  }
}
