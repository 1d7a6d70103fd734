namespace MlOps.Sql;

/// <summary>Runs the statement for every row as it comes: the way of a database that is called and not sent to.</summary>
internal sealed class SqlRowByRow(SqlStatement statement) : SqlRows
{
    private int _changed;

    public override void Add(params ReadOnlySpan<SqlValue> values) => _changed += statement.Execute(values);

    public override int Complete() => _changed;
}
