using System.Data.Common;
using System.Globalization;

namespace MlOps.Sqlite;

/// <summary>A prepared command whose parameters are bound by position.</summary>
internal sealed class SqlStatement(DbCommand command) : IDisposable
{
    public void Enlist(DbTransaction? transaction) => command.Transaction = transaction;

    public int Execute(params ReadOnlySpan<object?> values)
    {
        Bind(values);
        return command.ExecuteNonQuery();
    }

    public object? Scalar(params ReadOnlySpan<object?> values)
    {
        Bind(values);
        var value = command.ExecuteScalar();
        return value is DBNull ? null : value;
    }

    public DbDataReader Read(params ReadOnlySpan<object?> values)
    {
        Bind(values);
        return command.ExecuteReader();
    }

    public void Dispose() => command.Dispose();

    private void Bind(ReadOnlySpan<object?> values)
    {
        while (command.Parameters.Count < values.Length)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = "@" + command.Parameters.Count.ToString(CultureInfo.InvariantCulture);
            command.Parameters.Add(parameter);
        }

        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i] switch
            {
                null or double.NaN => DBNull.Value,
                string text => SqlText.Escape(text),
                var value => value,
            };
        }
    }
}
