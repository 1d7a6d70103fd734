using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.Loader;

namespace Architecture.Tests;

/// <summary>The built packages of the SDK, found by file name next to the tests.</summary>
internal static class SdkAssemblies
{
    /// <summary>The assembly of the command line tool is called as its command.</summary>
    public const string CommandLine = "MlOps.Cli";

    /// <summary>The names of all packages that are there, as their files are called.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. Directory.EnumerateFiles(AppContext.BaseDirectory, "*.dll").Select(file => Path.GetFileNameWithoutExtension(file))
            .Where(name => name is CommandLine or "MlOps" || (name.StartsWith("MlOps.", StringComparison.Ordinal) && !name.Contains("Tests", StringComparison.Ordinal)))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The types that the libraries define, without what the compiler made; the tool has no API.</summary>
    public static IReadOnlyList<Type> Types { get; } =
    [
        .. Load(Names.Where(name => name != CommandLine)).SelectMany(assembly => assembly.GetTypes())
            .Where(type => !type.FullName!.Contains('<', StringComparison.Ordinal) && !type.FullName.Contains('$', StringComparison.Ordinal)),
    ];

    /// <summary>The types that users see.</summary>
    public static IReadOnlyList<Type> PublicTypes { get; } = [.. Types.Where(type => type.IsVisible)];

    /// <summary>The assemblies that a package was compiled against, read from its file.</summary>
    public static IReadOnlyList<string> ReferencesOf(string name)
    {
        using var file = new PEReader(File.OpenRead(Path.Combine(AppContext.BaseDirectory, name + ".dll")));
        var metadata = file.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name)).Order(StringComparer.Ordinal)];
    }

    private static IEnumerable<Assembly> Load(IEnumerable<string> names)
    {
        var context = new PackageContext();
        return names.Select(context.Load);
    }

    // A context of their own: to the default one the tool and the library of the same letters are one name. What a package refers to comes
    // from it too, or its types would differ from those of the same name beside it.
    private sealed class PackageContext() : AssemblyLoadContext("packages")
    {
        public Assembly Load(string name) => LoadFromAssemblyPath(Path.Combine(AppContext.BaseDirectory, name + ".dll"));

        protected override Assembly? Load(AssemblyName assemblyName) =>
            Names.Contains(assemblyName.Name, StringComparer.Ordinal) ? Load(assemblyName.Name!) : null;
    }
}
