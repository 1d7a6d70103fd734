using Npgsql;
using MlOps.Sql;

namespace MlOps.PostgreSql;

/// <summary>Sends many runs of one statement in one message, and waits once for all of them.</summary>
internal sealed class PostgreSqlBatch(NpgsqlConnection connection, PostgreSqlText text) : SqlRows, IDisposable
{
    private const int Most = 512;

    private readonly NpgsqlBatch _batch = new(connection);
    private int _changed;

    public override void Add(params ReadOnlySpan<SqlValue> values)
    {
#pragma warning disable CA2100 // The text is the stores' own; values are parameters.
        var command = new NpgsqlBatchCommand(text.Sql);
#pragma warning restore CA2100
        foreach (var number in text.Numbers)
        {
            var parameter = PostgreSqlParameters.Create(values[number].Kind);
            PostgreSqlParameters.Set(parameter, in values[number]);
            command.Parameters.Add(parameter);
        }

        _batch.BatchCommands.Add(command);
        if (_batch.BatchCommands.Count == Most)
        {
            Send();
        }
    }

    public override int Complete()
    {
        if (_batch.BatchCommands.Count > 0)
        {
            Send();
        }

        Dispose();
        return _changed;
    }

    public void Dispose() => _batch.Dispose();

    private void Send()
    {
        _changed += _batch.ExecuteNonQuery();
        _batch.BatchCommands.Clear();
    }
}
