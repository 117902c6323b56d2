// The ids that JavaScript's Markdown tools give the headings of a page: run by heading_ids.py, from a folder where
// they are installed. Reads the page from the standard input, writes {algorithm: html or [ids]} as JSON.

import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import path from "node:path";

const here = pathToFileURL(path.join(process.cwd(), "x.js"));
const require = createRequire(here);
const load = (name) => import(pathToFileURL(require.resolve(name)));
// Packages that export no CommonJS entry are found by their folder.
const byPath = (file) => import(pathToFileURL(path.join(process.cwd(), "node_modules", file)));

const page = readFileSync(0, "utf8");
const found = {};

const { unified } = await byPath("unified/index.js");
const remarkParse = (await byPath("remark-parse/index.js")).default;
const remarkGfm = (await byPath("remark-gfm/index.js")).default;
const remarkRehype = (await byPath("remark-rehype/index.js")).default;
const rehypeRaw = (await byPath("rehype-raw/index.js")).default;
const rehypeSlug = (await byPath("rehype-slug/index.js")).default;
const rehypeStringify = (await byPath("rehype-stringify/index.js")).default;
const { visit } = await byPath("unist-util-visit/index.js");

const html = (...plugins) => {
  let pipeline = unified().use(remarkParse).use(remarkGfm);
  for (const plugin of plugins) pipeline = pipeline.use(...[].concat(plugin));
  return pipeline.use(rehypeStringify, { allowDangerousHtml: true }).process(page).then(String);
};
const toHtml = [[remarkRehype, { allowDangerousHtml: true }]];
found.github = await html(...toHtml, rehypeRaw, rehypeSlug);

const docusaurus = require("@docusaurus/mdx-loader/lib/remark/headings/index.js").default;
found.docusaurus = await html([docusaurus, { anchorsMaintainCase: false }], ...toHtml);
found["docusaurus-cased"] = await html([docusaurus, { anchorsMaintainCase: true }], ...toHtml);

const gatsby = require("gatsby-remark-autolink-headers");
const autolink = (options) => () => (markdownAST) => gatsby({ markdownAST }, { icon: false, ...options });
found.gatsby = await html(autolink({}), ...toHtml);
found["gatsby-no-accents"] = await html(autolink({ removeAccents: true }), ...toHtml);

for (const [name, file] of [["astro", "@astrojs/markdown-remark"], ["astro-5", "astro5"]]) {
  const { createMarkdownProcessor } = await byPath(`${file}/dist/index.js`);
  const processor = await createMarkdownProcessor({ smartypants: true, syntaxHighlight: false });
  found[name] = (await processor.render(page)).code;
}

const { parseMarkdown } = await byPath("@nuxtjs/mdc/dist/runtime/parser/index.js");
const { body } = await parseMarkdown(page, { toc: false });
found["nuxt-content"] = [];
visit(body, (node) => { if (/^h\d$/.test(node.tag)) found["nuxt-content"].push(node.props.id); });

const MarkdownIt = require("markdown-it");
const emoji = require("markdown-it-emoji");
const anchor = require("markdown-it-anchor");
const { slugify } = await byPath("@mdit-vue/shared/dist/index.js");
const markdownIt = (options, slugs) =>
  new MarkdownIt({ html: true, linkify: true, ...options }).use(emoji.full).use(anchor.default ?? anchor, slugs).render(page);
found["mdit-vue"] = markdownIt({}, { slugify });
found["vuepress-1"] = markdownIt({}, { slugify: require("@vuepress/shared-utils/lib/slugify.js") });
found["markdown-it-anchor"] = new MarkdownIt({ html: true }).use(anchor.default ?? anchor).render(page);

const plain = new MarkdownIt({ html: true }).render(page);
const { default: posthtml } = await byPath("posthtml/lib/index.js").catch(() => ({ default: require("posthtml") }));
const { IdAttributePlugin } = await byPath("@11ty/eleventy/src/Plugins/IdAttributePlugin.js");
const { default: slugs } = await byPath("@11ty/eleventy/src/Filters/Slugify.js");
found["eleventy-slugify"] = new MarkdownIt({ html: true }).use(anchor.default ?? anchor, { slugify: slugs }).render(page);
const { default: sindresorhus } = await byPath("@sindresorhus/slugify/index.js");
found["sindresorhus-slugify"] = new MarkdownIt({ html: true }).use(anchor.default ?? anchor, { slugify: sindresorhus }).render(page);
let eleventy;
IdAttributePlugin({ htmlTransformer: { addPosthtmlPlugin: (_, plugin) => { eleventy = plugin({ page: {} }); } } },
  { checkDuplicates: false });
found.eleventy = (await posthtml([eleventy]).process(plain)).html;

for (const [name, modifyAnchors] of [["hexo", 0], ["hexo-lower", 1]]) {
  const { marked } = require("marked");
  const hexo = { config: { url: "https://example.org" }, execFilterSync: () => {}, extend: {} };
  const renderer = require("hexo-renderer-marked/lib/renderer.js");
  hexo.config.marked = { gfm: true, headerIds: true, modifyAnchors, anchorAlias: false, mangle: false };
  hexo.config.marked.smartypants = true;
  found[name] = renderer.call(hexo, { text: page, path: "" }, {});
}

process.stdout.write(JSON.stringify(found));
