import { fileIn, packageFor } from './language';
import type { Workspace } from './workspace';

/** The library in C#: its code is generated, and not compiled, so that no toolchain of .NET is needed. */
export function dotnet(workspace: Workspace): void {
  fileIn(packageFor(workspace, 'dotnet', { codeOnly: true }), '.csproj');
  console.log('   generated; NOT COMPILED, which needs a toolchain of .NET');
}
