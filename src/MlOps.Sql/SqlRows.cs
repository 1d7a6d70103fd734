namespace MlOps.Sql;

/// <summary>Takes the values of many runs of one statement, which are done when <see cref="Complete"/> has returned, and perhaps earlier.</summary>
internal abstract class SqlRows
{
    public abstract void Add(params ReadOnlySpan<SqlValue> values);

    /// <returns>How many rows were changed.</returns>
    public abstract int Complete();
}
