using Npgsql;
using MlOps.Sql;

namespace MlOps.PostgreSql;

/// <summary>A statement of PostgreSQL: a command for each combination of kinds that its values have had.</summary>
internal sealed class PostgreSqlStatement(NpgsqlConnection connection, string sql) : SqlStatement
{
    private readonly PostgreSqlText _text = new(sql);
    private readonly List<PostgreSqlCommand> _commands = [];
    private NpgsqlDataReader? _reader;

    protected override int Changes => _reader!.RecordsAffected;

    public override bool IsNull(int column) => _reader!.IsDBNull(column);

    public override long GetInt64(int column) => _reader!.GetInt64(column);

    public override ReadOnlySpan<byte> GetBytes(int column) => _reader!.GetFieldValue<byte[]>(column);

    public override void Dispose()
    {
        foreach (var command in _commands)
        {
            command.Dispose();
        }
    }

    protected override double GetDouble(int column) => _reader!.GetDouble(column);

    protected override string GetString(int column) => _reader!.GetString(column);

    protected override void Bind(ReadOnlySpan<SqlValue> values)
    {
        foreach (var known in _commands)
        {
            if (known.Takes(_text.Numbers, values))
            {
                _reader = known.Run(_text.Numbers, values);
                return;
            }
        }

        var command = new PostgreSqlCommand(connection, _text, values);
        _commands.Add(command);
        _reader = command.Run(_text.Numbers, values);
    }

    protected override bool Step() => _reader!.Read();

    protected override void Reset()
    {
        _reader?.Dispose();
        _reader = null;
    }
}
