using System.Globalization;
using DuckDB.NET.Native;
using static DuckDB.NET.Native.NativeMethods.PreparedStatements;

namespace MlOps.DuckDb;

/// <summary>Gives a statement the values of its parameters.</summary>
internal static class DuckDbParameters
{
    public static void Bind(DuckDBPreparedStatement statement, IReadOnlyDictionary<string, object?> parameters, string query)
    {
        foreach (var (name, value) in parameters)
        {
            if (DuckDBBindParameterIndex(statement, out var index, name) != DuckDBState.Success)
            {
                throw new MlOpsException(ErrorCodes.QueryFailed, $"The query '{query}' has no parameter '{name}': write ${name} in it, or leave the value out.");
            }

            if (Bind(statement, index, value) != DuckDBState.Success)
            {
                throw new MlOpsException(ErrorCodes.QueryFailed, $"DuckDB did not take the value of the parameter '{name}' of the query '{query}'.");
            }
        }
    }

    private static DuckDBState Bind(DuckDBPreparedStatement statement, long index, object? value) => value switch
    {
        null or DBNull => DuckDBBindNull(statement, index),
        bool flag => DuckDBBindBoolean(statement, index, flag),
        sbyte number => DuckDBBindInt8(statement, index, number),
        byte number => DuckDBBindUInt8(statement, index, number),
        short number => DuckDBBindInt16(statement, index, number),
        ushort number => DuckDBBindUInt16(statement, index, number),
        int number => DuckDBBindInt32(statement, index, number),
        uint number => DuckDBBindUInt32(statement, index, number),
        long number => DuckDBBindInt64(statement, index, number),
        ulong number => DuckDBBindUInt64(statement, index, number),
        float number => DuckDBBindFloat(statement, index, number),
        double number => DuckDBBindDouble(statement, index, number),

        // As text DuckDB reads every digit, and casts to the type that the query compares with.
        decimal number => DuckDBBindVarchar(statement, index, number.ToString(CultureInfo.InvariantCulture)),
        string text => DuckDBBindVarchar(statement, index, text),
        byte[] bytes => DuckDBBindBlob(statement, index, bytes, bytes.Length),
        DateOnly date => DuckDBBindDate(statement, index, new DuckDBDate { Days = date.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber }),
        DateTimeOffset time => DuckDBBindTimestamp(statement, index, Timestamp(time.UtcDateTime)),
        DateTime { Kind: DateTimeKind.Local } time => DuckDBBindTimestamp(statement, index, Timestamp(time.ToUniversalTime())),
        DateTime time => DuckDBBindTimestamp(statement, index, Timestamp(time)),
        _ => throw new ArgumentException($"A parameter of a DuckDB query cannot be a {value.GetType().Name}: give it as a number, text or a time."),
    };

    private static DuckDBTimestampStruct Timestamp(DateTime time) => new() { Micros = (time.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond };
}
