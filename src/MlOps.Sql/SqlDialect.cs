namespace MlOps.Sql;

/// <summary>Where the databases' SQL differs in a search: the case rule of patterns, how texts are sorted, and what their planners need.</summary>
internal abstract class SqlDialect
{
    /// <summary>Whether a text fits a pattern in which a backslash is a backslash.</summary>
    public abstract string Like(string text, string pattern);

    /// <summary>The same, whatever the case of letters; the pattern is in lower case.</summary>
    public abstract string ILike(string text, string pattern);

    /// <summary>Whether there is a row, found by the run that it belongs to.</summary>
    /// <param name="rows">From FROM on.</param>
    public abstract string Exists(string rows);

    /// <summary>A text that is sorted and compared by code points.</summary>
    public abstract string Ordinal(string text);
}
