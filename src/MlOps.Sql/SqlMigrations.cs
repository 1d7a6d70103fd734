namespace MlOps.Sql;

/// <summary>The scripts that make the tables, in the order of their application; a script that was released is never changed.</summary>
internal static class SqlMigrations
{
    /// <summary>The names, which begin with four digits.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. typeof(SqlMigrations).Assembly.GetManifestResourceNames()
            .Where(name => name.EndsWith(".sql", StringComparison.Ordinal)).Order(StringComparer.Ordinal),
    ];

    /// <summary>The text of a script, in the words of SQLite.</summary>
    public static string Read(string name)
    {
        using var reader = new StreamReader(typeof(SqlMigrations).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }

    /// <summary>Whether the scripts that a database knows are all of them.</summary>
    /// <exception cref="MlOpsException">It knows one that this version does not: <see cref="ErrorCodes.WorkspaceNewer"/>.</exception>
    public static bool AreAll(IReadOnlyCollection<string> applied, string database)
    {
        if (applied.FirstOrDefault(script => !Names.Contains(script)) is { } unknown)
        {
            throw new MlOpsException(
                ErrorCodes.WorkspaceNewer,
                $"The database '{database}' was written by a newer version of the SDK: this one does not know its migration '{unknown}'. "
                + "Update the MlOps packages, or open another workspace.");
        }

        return applied.Count == Names.Count;
    }
}
