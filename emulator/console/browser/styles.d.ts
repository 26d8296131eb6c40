/** A style sheet, which the build puts into `console.css`. */
declare module '*.css'
