/** Whether this can be imported says whether anything compiles TypeScript here. */
const isTypeScript: boolean = true
export default isTypeScript
