// Packs every package, checks the tarballs, installs them into a clean folder as an application
// would, and imports every entry under each condition it can be resolved with.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bin, capture, mustRun, root } from './tools/run.mjs';

const names = readdirSync(`${root}packages`);
const manifests = new Map(
  names.map((name) => [
    name,
    JSON.parse(readFileSync(`${root}packages/${name}/package.json`, 'utf8')),
  ]),
);
const folder = mkdtempSync(join(tmpdir(), 'halyard-packaging-'));
try {
  const tarballs = await packAll();
  await checkAll(tarballs);
  await installAll(tarballs);
  await importAll();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function packAll() {
  const tarballs = new Map();
  for (const name of names) {
    const { code, output } = await capture(
      'npm',
      ['pack', '--json', '--pack-destination', folder],
      {
        cwd: `${root}packages/${name}`,
      },
    );
    if (code !== 0) throw new Error(`npm pack failed for ${name}:\n${output}`);
    const packed = readdirSync(folder).find((file) => file.startsWith(`halyard-${name}-`));
    if (packed === undefined) throw new Error(`npm pack wrote no tarball for ${name}:\n${output}`);
    tarballs.set(name, join(folder, packed));
  }
  return tarballs;
}

async function checkAll(tarballs) {
  for (const [name, tarball] of tarballs) {
    await mustRun(bin('publint'), ['--strict', tarball]);
    // ESM only, and wildcard subpaths are not resolved by the tool: importAll covers those.
    const { code, output } = await capture(bin('attw'), [
      tarball,
      '--profile',
      'esm-only',
      '--format',
      'table-flipped',
    ]);
    if (code !== 0) throw new Error(`attw found problems in ${name}:\n${output}`);
  }
}

async function installAll(tarballs) {
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ name: 'app', private: true, type: 'module' }),
  );
  const peers = new Map();
  for (const manifest of manifests.values()) {
    for (const peer of Object.keys(manifest.peerDependencies ?? {})) {
      const version = installedVersion(peer);
      if (version !== undefined) peers.set(peer, version);
    }
  }
  const wanted = [
    ...tarballs.values(),
    ...[...peers].map(([peer, version]) => `${peer}@${version}`),
    'react-dom@19.3.1',
  ];
  await mustRun('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', ...wanted], {
    cwd: folder,
  });
}

/** The version tested here, so that the clean folder gets the same. */
function installedVersion(name) {
  try {
    return JSON.parse(readFileSync(`${root}node_modules/${name}/package.json`, 'utf8')).version;
  } catch {
    // Not hoisted: npm then picks one that satisfies the peer range.
    return undefined;
  }
}

async function importAll() {
  let imported = 0;
  for (const [name, manifest] of manifests) {
    for (const [subpath, target] of Object.entries(manifest.exports)) {
      for (const entry of entriesOf(name, subpath)) {
        for (const condition of conditionsOf(target)) {
          await importUnder(entry, condition);
          imported++;
        }
      }
    }
  }
  console.log(`imported ${imported} entry × condition pairs from the packed tarballs`);
}

/** The specifiers a subpath stands for; a wildcard is spelled out by what was packed. */
function entriesOf(name, subpath) {
  if (!subpath.includes('*')) return [`@halyard/${name}${subpath.slice(1)}`];
  const packed = join(folder, 'node_modules/@halyard', name, 'dist');
  const folders = readdirSync(packed, { withFileTypes: true }).filter((item) => item.isDirectory());
  if (folders.length === 0) throw new Error(`${name} exports ${subpath}, but packed no folder.`);
  return folders.map((item) => `@halyard/${name}/${item.name}`);
}

/** The conditions an entry distinguishes. */
function conditionsOf(target) {
  return Object.keys(target).filter((condition) => condition !== 'types');
}

async function importUnder(entry, condition) {
  const script = `const m = await import(${JSON.stringify(entry)}); if (Object.keys(m).length === 0) throw new Error('exports nothing');`;
  const flags = condition === 'default' ? [] : [`--conditions=${condition}`];
  const { code, output } = await capture('node', [...flags, '--input-type=module', '-e', script], {
    cwd: folder,
  });
  if (code !== 0) throw new Error(`${entry} does not load under "${condition}":\n${output}`);
}
