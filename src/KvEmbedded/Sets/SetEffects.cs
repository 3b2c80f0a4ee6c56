using KvEmbedded.Engine;

namespace KvEmbedded.Sets;

/// <summary>A member was added.</summary>
internal sealed class SetMemberAdded(byte[] member) : Effect
{
    public ReadOnlyMemory<byte> Member => member;

    public override void Undo(IDataValue value) => ((MemberSet)value).Remove(member);
}

/// <summary>A member was removed.</summary>
internal sealed class SetMemberRemoved(byte[] member) : Effect
{
    public ReadOnlyMemory<byte> Member => member;

    public override void Undo(IDataValue value) => ((MemberSet)value).Add(member);
}
